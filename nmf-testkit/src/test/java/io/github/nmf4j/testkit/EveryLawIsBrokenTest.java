package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No law without an extension that breaks it: a law that nothing was seen to break proves nothing. */
class EveryLawIsBrokenTest {
    private static final Path HERE = Path.of("src/test/java/io/github/nmf4j/testkit");
    private static final Pattern LAW = Pattern.compile("(?:::|\\.|\\(\")(\\w+)");

    private static Set<String> named(String... files) throws IOException {
        Set<String> named = new TreeSet<>();
        for (String file : files) {
            Matcher matcher = LAW.matcher(Files.readString(HERE.resolve(file)));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        return named;
    }

    @ParameterizedTest
    @ValueSource(
            classes = {LossContract.class, RegularizerContract.class, ConstraintContract.class, BackendContract.class})
    void everyLawIsNamedByATestOfTheContracts(Class<?> contract) throws IOException {
        Set<String> named = named(
                "BrokenLossesTest.java",
                "BrokenConstraintsTest.java",
                "RegularizerContractTest.java",
                "BothFactorsContractTest.java",
                "BackendContractCatchesTest.java");
        assertThat(Law.allOf(contract)).extracting(Method::getName).isNotEmpty().isSubsetOf(named);
    }
}
