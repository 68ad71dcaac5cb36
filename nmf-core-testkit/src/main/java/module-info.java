/** Contract tests of the services of nmf4j's core, built in or a user's. */
module io.github.nmf4j.core.testkit {
    requires transitive io.github.nmf4j.core;
    requires transitive io.github.nmf4j.testkit;

    exports io.github.nmf4j.core.testkit;

    opens io.github.nmf4j.core.testkit;
}
