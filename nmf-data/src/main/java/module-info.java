/** Readers and writers of matrix files and of models, and simulated problems whose answers are known. */
module io.github.nmf4j.data {
    requires transitive io.github.nmf4j.api;
    requires transitive io.github.nmf4j.core;
    requires de.siegmar.fastcsv;
    requires tools.jackson.databind;

    exports io.github.nmf4j.data;
}
