/** Readers and writers of matrix files, and simulated problems whose answers are known. */
module io.github.nmf4j.data {
    requires transitive io.github.nmf4j.api;
    requires de.siegmar.fastcsv;

    exports io.github.nmf4j.data;
}
