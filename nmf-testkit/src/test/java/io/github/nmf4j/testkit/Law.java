package io.github.nmf4j.testkit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Runs one law of a contract the way JUnit would. */
final class Law {
    private Law() {}

    /** A law on random data. */
    @FunctionalInterface
    interface Seeded<C> {
        /** Throws an AssertionError where the law is broken. */
        void check(C contract, long seed) throws Exception;
    }

    /** {@return the laws of a contract, those it inherits included} */
    static List<Method> allOf(Class<?> contract) {
        List<Method> laws = new ArrayList<>();
        for (Class<?> type = contract; type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class)) {
                    laws.add(method);
                }
            }
        }
        return laws;
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
