/** Pages and figures that show a factorisation. */
module io.github.nmf4j.report {
    requires transitive io.github.nmf4j.core;

    exports io.github.nmf4j.report;
}
