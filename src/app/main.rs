//! The program of a candidate's phone.

fn main() {
    app::start(None);
}
