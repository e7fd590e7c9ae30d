//! Who holds which key, and how identifiers follow from them (sync protocol §3 and §4).
//!
//! Invariant: an identifier is the hash of the public keys it stands for, and every private part is wiped when dropped. The
//! signature scheme is named in `keys::sign` only, the sealing one in `seal::hazmat` only. Not here: where keys are stored.

#[cfg(not(transparent))]
pub mod sign;
#[cfg(transparent)]
#[path = "keys/transparent.rs"]
pub mod sign;

use crate::Random;
use crate::hash::{short, tagged};
use crate::id::{AccountId, AgePub, BranchId, DeviceId, InviteId, Sig, SignPub};
use crate::seal::hazmat;
use hkdf::Hkdf;
use sha2::Sha256;
use sign::SignKey;
use zeroize::Zeroizing;

/// Thirty-two secret bytes, wiped when dropped.
pub type Seed = Zeroizing<[u8; 32]>;

/// Draws a seed.
pub fn draw_seed(rnd: &mut dyn Random) -> Seed {
    let mut seed = Seed::new([0; 32]);
    rnd.fill(seed.as_mut());
    seed
}

fn derive(secret: &[u8], info: &str) -> Seed {
    let mut out = Seed::new([0; 32]);
    // The only error is an output longer than 255 hashes; this one is a single hash long.
    let _ = Hkdf::<Sha256>::new(None, secret).expand(info.as_bytes(), out.as_mut());
    out
}

/// `account_id` = SHA-256("lylich/1 account" ‖ age_pub ‖ sign_pub), first 16 bytes.
pub fn account_id(age_pub: &AgePub, sign_pub: &SignPub) -> AccountId {
    AccountId(short("lylich/1 account", &[age_pub.as_bytes(), sign_pub.as_bytes()]))
}

/// `device_id` = SHA-256("lylich/1 device id" ‖ device_pub), first 16 bytes.
pub fn device_id(device_pub: &SignPub) -> DeviceId {
    DeviceId(short("lylich/1 device id", &[device_pub.as_bytes()]))
}

/// `branch_id` = SHA-256("lylich/1 branch" ‖ root_pub), first 16 bytes.
pub fn branch_id(root_pub: &SignPub) -> BranchId {
    BranchId(short("lylich/1 branch", &[root_pub.as_bytes()]))
}

/// `invite_id` = SHA-256("lylich/1 invite id" ‖ invite_pub), first 16 bytes.
pub fn invite_id(invite_pub: &SignPub) -> InviteId {
    InviteId(short("lylich/1 invite id", &[invite_pub.as_bytes()]))
}

fn certified(branch: &BranchId, device_pub: &SignPub) -> Vec<u8> {
    tagged("lylich/1 device", &[branch.as_bytes(), device_pub.as_bytes()])
}

/// Whether `certificate` is the account's word that the device is one of its own.
pub fn certificate_fits(branch: &BranchId, device_pub: &SignPub, sign_pub: &SignPub, certificate: &Sig) -> bool {
    sign::fits(sign_pub, &certified(branch, device_pub), certificate)
}

/// A person's keys in one branch: from one seed an age identity and a signing key.
#[derive(Clone)]
pub struct AccountKeys {
    seed: Seed,
    age: Seed,
    /// Follows from `age`; kept because thousands of rows ask whose they are.
    age_pub: AgePub,
    sign: SignKey,
}

impl AccountKeys {
    /// New keys, made on the phone at enrolment.
    pub fn draw(rnd: &mut dyn Random) -> Self {
        Self::from_seed(draw_seed(rnd))
    }

    /// The same keys again.
    pub fn from_seed(seed: Seed) -> Self {
        let age = derive(seed.as_ref(), "lylich/1 age");
        let sign = SignKey::from_seed(&derive(seed.as_ref(), "lylich/1 sign"));
        let age_pub = hazmat::public(&age);
        Self {
            seed,
            age,
            age_pub,
            sign,
        }
    }

    /// The secret everything follows from, for the vault.
    pub fn seed(&self) -> &Seed {
        &self.seed
    }

    /// The identifier that follows from the public parts.
    pub fn id(&self) -> AccountId {
        account_id(&self.age_pub(), &self.sign_pub())
    }

    /// What others seal to.
    pub fn age_pub(&self) -> AgePub {
        self.age_pub
    }

    /// What others check certificates with.
    pub fn sign_pub(&self) -> SignPub {
        self.sign.public()
    }

    /// What opens bodies sealed to this account.
    pub fn age_secret(&self) -> &Seed {
        &self.age
    }

    /// The standard age identity line (`AGE-SECRET-KEY-1…`); the stock `age` tool opens sealed bodies with it.
    pub fn age_identity(&self) -> Zeroizing<String> {
        hazmat::identity_text(&self.age)
    }

    /// The account's word that a device is one of its own.
    pub fn certify(&self, branch: &BranchId, device_pub: &SignPub) -> Sig {
        self.sign.sign(&certified(branch, device_pub))
    }
}

/// One phone's signing key.
#[derive(Clone)]
pub struct DeviceKeys {
    sign: SignKey,
}

impl DeviceKeys {
    /// A new device.
    pub fn draw(rnd: &mut dyn Random) -> Self {
        Self::from_seed(&draw_seed(rnd))
    }

    /// The same device again.
    pub fn from_seed(seed: &Seed) -> Self {
        Self {
            sign: SignKey::from_seed(seed),
        }
    }

    /// The secret, for the vault.
    pub fn seed(&self) -> Seed {
        self.sign.seed()
    }

    /// The identifier that follows from the public key.
    pub fn id(&self) -> DeviceId {
        device_id(&self.public())
    }

    /// What its signatures are checked with.
    pub fn public(&self) -> SignPub {
        self.sign.public()
    }

    /// Signs a tagged string.
    pub fn sign(&self, message: &[u8]) -> Sig {
        self.sign.sign(message)
    }
}

/// The key behind an invite's code. The endpoint only ever holds its public part.
#[derive(Clone)]
pub struct InviteKey {
    sign: SignKey,
}

impl InviteKey {
    /// From the sixteen bytes of a link or QR code.
    pub fn from_code(code: &[u8; 16]) -> Self {
        Self {
            sign: SignKey::from_seed(&derive(code, "lylich/1 invite qr")),
        }
    }

    /// The public part.
    pub fn public(&self) -> SignPub {
        self.sign.public()
    }

    /// The identifier that follows from it.
    pub fn id(&self) -> InviteId {
        invite_id(&self.public())
    }

    /// The invite's word for a question about its account's sealed keys.
    pub fn ask(&self, branch: &BranchId) -> Sig {
        self.sign.sign(&asked(branch))
    }

    /// The invite's word for these keys in this branch.
    pub fn admit(&self, branch: &BranchId, device_pub: &SignPub, age_pub: &AgePub, sign_pub: &SignPub) -> Sig {
        self.sign.sign(&admitted(branch, device_pub, age_pub, sign_pub))
    }
}

fn admitted(branch: &BranchId, device_pub: &SignPub, age_pub: &AgePub, sign_pub: &SignPub) -> Vec<u8> {
    let parts = [
        branch.as_bytes(),
        device_pub.as_bytes(),
        age_pub.as_bytes(),
        sign_pub.as_bytes(),
    ];
    tagged("lylich/1 invite", &parts)
}

/// Whether the invite behind `invite_pub` admits these keys to this branch.
pub fn admits(
    invite_pub: &SignPub,
    branch: &BranchId,
    device_pub: &SignPub,
    age_pub: &AgePub,
    sign_pub: &SignPub,
    sig: &Sig,
) -> bool {
    sign::fits(invite_pub, &admitted(branch, device_pub, age_pub, sign_pub), sig)
}

fn asked(branch: &BranchId) -> Vec<u8> {
    tagged("lylich/1 invite", &[branch.as_bytes(), b"escrow"])
}

/// Whether the invite behind `invite_pub` asks for the sealed keys of its account.
pub fn asks(invite_pub: &SignPub, branch: &BranchId, sig: &Sig) -> bool {
    sign::fits(invite_pub, &asked(branch), sig)
}

/// The key that an account's keys are sealed to for a lost phone, from the secret of the printed recovery code.
pub fn recovery_key(code: &[u8]) -> Seed {
    derive(code, "lylich/1 escrow")
}

/// The endpoint's two keys: it signs receipts and answers with one, sealed envelopes open with the other.
#[derive(Clone)]
pub struct EndpointKeys {
    sign: SignKey,
    age: Seed,
}

impl EndpointKeys {
    /// New keys, made when an endpoint is installed.
    pub fn draw(rnd: &mut dyn Random) -> Self {
        Self::from_seeds(&draw_seed(rnd), draw_seed(rnd))
    }

    /// The same keys again.
    pub fn from_seeds(sign: &Seed, age: Seed) -> Self {
        Self {
            sign: SignKey::from_seed(sign),
            age,
        }
    }

    /// The two secrets, signing first, for the key file.
    pub fn seeds(&self) -> (Seed, Seed) {
        (self.sign.seed(), self.age.clone())
    }

    /// What receipts and answers are checked with; every phone pins it.
    pub fn sign_pub(&self) -> SignPub {
        self.sign.public()
    }

    /// What envelopes are sealed to.
    pub fn age_pub(&self) -> AgePub {
        hazmat::public(&self.age)
    }

    /// What opens them.
    pub fn age_secret(&self) -> &Seed {
        &self.age
    }

    /// Signs a tagged string.
    pub fn sign(&self, message: &[u8]) -> Sig {
        self.sign.sign(message)
    }
}

/// The branch's root: signs the branch set and nothing else. Never on the endpoint.
#[derive(Clone)]
pub struct BranchRoot {
    sign: SignKey,
}

impl BranchRoot {
    /// A new branch.
    pub fn draw(rnd: &mut dyn Random) -> Self {
        Self::from_seed(&draw_seed(rnd))
    }

    /// The same branch again.
    pub fn from_seed(seed: &Seed) -> Self {
        Self {
            sign: SignKey::from_seed(seed),
        }
    }

    /// The secret, for the founder's vault and the recovery sheet.
    pub fn seed(&self) -> Seed {
        self.sign.seed()
    }

    /// The public root.
    pub fn public(&self) -> SignPub {
        self.sign.public()
    }

    /// The branch's identifier.
    pub fn id(&self) -> BranchId {
        branch_id(&self.public())
    }

    /// Signs a tagged string.
    pub fn sign(&self, message: &[u8]) -> Sig {
        self.sign.sign(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::Counting;

    #[test]
    fn the_same_seed_gives_the_same_account() {
        let keys = AccountKeys::draw(&mut Counting(1));
        let again = AccountKeys::from_seed(keys.seed().clone());
        assert_eq!(keys.id(), again.id());
        assert_ne!(keys.id(), AccountKeys::draw(&mut Counting(2)).id());
    }

    #[test]
    fn a_certificate_fits_one_branch_one_device_one_account() {
        let (account, other) = (AccountKeys::draw(&mut Counting(1)), AccountKeys::draw(&mut Counting(2)));
        let (device, branch) = (DeviceKeys::draw(&mut Counting(3)), BranchId([4; 16]));
        let certificate = account.certify(&branch, &device.public());
        assert!(certificate_fits(
            &branch,
            &device.public(),
            &account.sign_pub(),
            &certificate
        ));
        assert!(!certificate_fits(
            &BranchId([5; 16]),
            &device.public(),
            &account.sign_pub(),
            &certificate
        ));
        assert!(!certificate_fits(
            &branch,
            &device.public(),
            &other.sign_pub(),
            &certificate
        ));
        assert!(!certificate_fits(
            &branch,
            &account.sign_pub(),
            &account.sign_pub(),
            &certificate
        ));
    }

    #[test]
    fn the_code_alone_makes_the_invite_key() {
        let (key, other) = (InviteKey::from_code(&[1; 16]), InviteKey::from_code(&[2; 16]));
        let (branch, device) = (BranchId([4; 16]), DeviceKeys::draw(&mut Counting(3)));
        let account = AccountKeys::draw(&mut Counting(1));
        let (d, a, s) = (device.public(), account.age_pub(), account.sign_pub());
        let sig = InviteKey::from_code(&[1; 16]).admit(&branch, &d, &a, &s);
        assert!(admits(&key.public(), &branch, &d, &a, &s, &sig));
        assert!(!admits(&other.public(), &branch, &d, &a, &s, &sig));
    }
}
