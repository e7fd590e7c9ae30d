//! Adds up what the test runners say. Both cargo's runner and the one in the browser end with `test result: … N passed; M failed; …`.

/// Passed and failed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Count {
    /// Takes one line of a runner; tells whether it was a result.
    pub fn read(&mut self, line: &str) -> bool {
        let Some((_, result)) = line.split_once("test result: ") else {
            return false;
        };
        let number = |word: &str| {
            let (before, _) = result.split_once(&format!(" {word}"))?;
            before.rsplit([' ', '.', ';']).next()?.parse::<u32>().ok()
        };
        self.passed += number("passed").unwrap_or(0);
        self.failed += number("failed").unwrap_or(0);
        true
    }

    /// One check that is not made of tests: formatting, lints, the build.
    pub fn check(&mut self, held: bool) {
        if held {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// A runner that ended badly and named no failed test (it did not compile, it crashed), or that said nothing at all, counts as one.
    pub fn close(&mut self, before: Count, succeeded: bool, results: u32) {
        if (!succeeded && self.failed == before.failed) || results == 0 {
            self.failed += 1;
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_both_runners_are_added() {
        let mut count = Count::default();
        assert!(
            count
                .read("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s")
        );
        assert!(count.read("test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 filtered out; finished in 1.20s"));
        assert!(!count.read("running 3 tests"));
        assert_eq!(count, Count { passed: 19, failed: 2 });
    }

    #[test]
    fn a_runner_that_crashed_or_said_nothing_counts_as_failed() {
        let mut crashed = Count { passed: 5, failed: 0 };
        crashed.close(Count { passed: 3, failed: 0 }, false, 1);
        assert_eq!(crashed.failed, 1);
        let mut silent = Count::default();
        silent.close(Count::default(), true, 0);
        assert_eq!(silent.failed, 1);
        let mut honest = Count { passed: 5, failed: 2 };
        honest.close(Count::default(), false, 1);
        assert_eq!(honest.failed, 2);
    }
}
