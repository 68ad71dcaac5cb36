package io.github.nmf4j.testkit;

/** Runs one law of a contract the way JUnit would. */
final class Law {
    private Law() {}

    /** A law on random data. */
    @FunctionalInterface
    interface Seeded<C> {
        /** Throws an AssertionError where the law is broken. */
        void check(C contract, long seed) throws Exception;
    }

    /** {@return whether the law fails for any of its seeds, with the message of a broken law and nothing else} */
    static <C> boolean catches(C contract, Seeded<C> law) {
        for (long seed : ExtensionContract.seeds().toArray()) {
            try {
                law.check(contract, seed);
            } catch (AssertionError broken) {
                return true;
            } catch (Exception e) {
                throw new IllegalStateException("the law itself failed, seed " + seed, e);
            }
        }
        return false;
    }
}
