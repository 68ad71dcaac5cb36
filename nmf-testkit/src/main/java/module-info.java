module io.github.nmf4j.testkit {
    requires transitive io.github.nmf4j.api;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;

    exports io.github.nmf4j.testkit;

    opens io.github.nmf4j.testkit;
}
