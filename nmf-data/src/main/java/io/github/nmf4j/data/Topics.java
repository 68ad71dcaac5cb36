package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.SparseMatrix;
import java.util.Arrays;

/**
 * Simulated counts of words in documents, with the topics that they were drawn from.
 *
 * <p>The model of latent Dirichlet allocation (Blei, Ng &amp; Jordan 2003, JMLR 3, 993–1022): a topic is a distribution over
 * words, a document a mixture of topics, both Dirichlet; a document has a Poisson number of words, each drawn from a topic
 * drawn from the mixture. So x has the mean {@code w · h}.
 *
 * @param x counts, documents × words
 * @param w documents × topics: how many words of each topic a document is expected to have
 * @param h topics × words, rows sum to one
 */
public record Topics(SparseMatrix x, DenseMatrix w, DenseMatrix h) {

    /** {@return the settings to simulate with: 2000 documents of about 100 words, 5000 words, 10 topics, seed 0} */
    public static Builder builder() {
        return new Builder();
    }

    /** What to simulate. Each setting keeps its default unless it is set. */
    public static final class Builder {
        private static final double MOST_LENGTH = 1e6;
        private static final double LEAST_CONCENTRATION = 1e-3;
        private static final double MOST_CONCENTRATION = 1e6;

        private int documents = 2000;
        private int words = 5000;
        private int topics = 10;
        private double length = 100;
        private double mixing = 0.1;
        private double breadth = 0.05;
        private long seed;

        private Builder() {}

        /**
         * {@return this}
         *
         * @param documents rows of x, at least 1
         */
        public Builder documents(int documents) {
            this.documents = Settings.atLeast(1, "documents", documents);
            return this;
        }

        /**
         * {@return this}
         *
         * @param words columns of x, at least 1
         */
        public Builder words(int words) {
            this.words = Settings.atLeast(1, "words", words);
            return this;
        }

        /**
         * {@return this}
         *
         * @param topics at least 1
         */
        public Builder topics(int topics) {
            this.topics = Settings.atLeast(1, "topics", topics);
            return this;
        }

        /**
         * {@return this}
         *
         * @param length expected words of a document, from 0 to a million
         */
        public Builder length(double length) {
            this.length = Settings.within(0, MOST_LENGTH, "length", length);
            return this;
        }

        /**
         * {@return this}
         *
         * @param mixing concentration of a document's mixture: small for documents of one topic; 0.1 unless set
         */
        public Builder mixing(double mixing) {
            this.mixing = Settings.within(LEAST_CONCENTRATION, MOST_CONCENTRATION, "mixing", mixing);
            return this;
        }

        /**
         * {@return this}
         *
         * @param breadth concentration of a topic's words: small for topics of few words; 0.05 unless set
         */
        public Builder breadth(double breadth) {
            this.breadth = Settings.within(LEAST_CONCENTRATION, MOST_CONCENTRATION, "breadth", breadth);
            return this;
        }

        /**
         * {@return this}
         *
         * @param seed any; one seed gives the same documents on every machine
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * {@return the documents}
         *
         * @throws io.github.nmf4j.api.InvalidInputException if a factor has more entries than an array can hold
         */
        public Topics simulate() {
            Draws draws = new Draws(seed);
            DenseMatrix h = DenseMatrix.zeros(topics, words);
            DenseMatrix w = DenseMatrix.zeros(documents, topics);
            for (int t = 0; t < topics; t++) {
                draws.dirichlet(breadth, h.data(), t * words, words);
            }
            double[] wordsUpTo = sums(h);
            double[] mixture = new double[topics];
            int[] counts = new int[words];
            int[] start = new int[documents + 1];
            int[] index = new int[1 << 10];
            double[] values = new double[1 << 10];
            for (int d = 0; d < documents; d++) {
                draws.dirichlet(mixing, mixture, 0, topics);
                int tokens = draws.poisson(length);
                for (int token = 0; token < tokens; token++) {
                    int topic = topic(draws.uniform(), mixture);
                    counts[word(draws.uniform(), wordsUpTo, topic * words)]++;
                }
                int at = start[d];
                for (int word = 0; word < words; word++) {
                    if (counts[word] > 0) {
                        if (at == index.length) {
                            index = Arrays.copyOf(index, Math.addExact(at, at));
                            values = Arrays.copyOf(values, index.length);
                        }
                        index[at] = word;
                        values[at++] = counts[word];
                        counts[word] = 0;
                    }
                }
                start[d + 1] = at;
                for (int t = 0; t < topics; t++) {
                    w.set(d, t, length * mixture[t]);
                }
            }
            int stored = start[documents];
            return new Topics(
                    SparseMatrix.ofCompressedRows(
                            documents, words, start, Arrays.copyOf(index, stored), Arrays.copyOf(values, stored)),
                    w,
                    h);
        }

        /** {@return per topic, how likely this word or one before it is} */
        private static double[] sums(DenseMatrix h) {
            double[] sums = h.data().clone();
            for (int e = 0; e < sums.length; e++) {
                sums[e] += e % h.columns() == 0 ? 0 : sums[e - 1];
            }
            return sums;
        }

        private static int topic(double draw, double[] mixture) {
            int topic = 0;
            double sum = mixture[0];
            while (draw >= sum && topic < mixture.length - 1) {
                sum += mixture[++topic];
            }
            return topic;
        }

        /** {@return the first word whose sum exceeds the draw; scaled by the last sum, which is one but for rounding} */
        private int word(double draw, double[] sums, int from) {
            double scaled = draw * sums[from + words - 1];
            int low = from;
            int high = from + words - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sums[middle] > scaled) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low - from;
        }
    }
}
