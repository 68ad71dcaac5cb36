/** Direct recovery of the spectra and maps that made a spectral image. */
module io.github.nmf4j.unmix {
    requires transitive io.github.nmf4j.core;
    requires org.apache.commons.numbers.gamma;

    exports io.github.nmf4j.unmix;
}
