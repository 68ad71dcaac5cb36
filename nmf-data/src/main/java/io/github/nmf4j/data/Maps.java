package io.github.nmf4j.data;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Shape;

/** Where the phases of a simulated spectral image lie. */
public enum Maps {
    /** Phase 0 surrounds the others: a ramp on a square, a sphere or a Gaussian blob each, set on a ring. */
    INCLUSIONS {
        @Override
        void draw(Draws draws, Shape shape, DenseMatrix h) {
            int inclusions = h.rows() - 1;
            double size = smaller(shape);
            double ring = inclusions < 2 ? 0 : 0.28 * size;
            double radius = inclusions < 2
                    ? 0.35 * size
                    : Math.min(0.2 * size, 0.9 * ring * StrictMath.sin(Math.PI / inclusions));
            double turn = draws.uniform(0, 2 * Math.PI);
            for (int r = 1; r < h.rows(); r++) {
                double angle = turn + 2 * Math.PI * r / inclusions;
                double y0 = (shape.height() - 1) / 2.0 + ring * StrictMath.sin(angle);
                double x0 = (shape.width() - 1) / 2.0 + ring * StrictMath.cos(angle);
                for (int j = 0; j < h.columns(); j++) {
                    double y = (j / shape.width() - y0) / radius;
                    double x = (j % shape.width() - x0) / radius;
                    h.set(r, j, inclusion(r, y, x));
                }
            }
            surround(h);
        }

        private double inclusion(int r, double y, double x) {
            double square = y * y + x * x;
            return switch (r % 3) {
                case 0 -> StrictMath.exp(-2 * square);
                case 1 -> Math.max(Math.abs(y), Math.abs(x)) <= 1 ? (1 + x) / 2 : 0;
                default -> square < 1 ? StrictMath.sqrt(1 - square) : 0;
            };
        }
    },

    /** Each phase is a cloud of Gaussian blobs; where clouds meet, the denser one has the larger share by its square. */
    BLOBS {
        private static final int EACH = 5;
        private static final double EVERYWHERE = 0.02;

        @Override
        void draw(Draws draws, Shape shape, DenseMatrix h) {
            h.fill(EVERYWHERE);
            for (int r = 0; r < h.rows(); r++) {
                for (int blob = 0; blob < EACH; blob++) {
                    double y0 = draws.uniform() * shape.height();
                    double x0 = draws.uniform() * shape.width();
                    double radius = draws.uniform(0.06, 0.18) * smaller(shape);
                    double height = draws.uniform(0.5, 1);
                    for (int j = 0; j < h.columns(); j++) {
                        double y = (j / shape.width() - y0) / radius;
                        double x = (j % shape.width() - x0) / radius;
                        h.set(r, j, h.get(r, j) + height * StrictMath.exp(-0.5 * (y * y + x * x)));
                    }
                }
            }
            for (int e = 0; e < h.data().length; e++) {
                h.data()[e] *= h.data()[e];
            }
            normalize(h);
        }
    },

    /** Phase 0 surrounds balls of the others, seen through: their thickness adds where they overlap. */
    SPHERES {
        private static final int EACH = 5;

        @Override
        void draw(Draws draws, Shape shape, DenseMatrix h) {
            for (int r = 1; r < h.rows(); r++) {
                for (int ball = 0; ball < EACH; ball++) {
                    double y0 = draws.uniform() * shape.height();
                    double x0 = draws.uniform() * shape.width();
                    double radius = draws.uniform(0.08, 0.2) * smaller(shape);
                    double thickness = draws.uniform(0.5, 1);
                    for (int j = 0; j < h.columns(); j++) {
                        double y = (j / shape.width() - y0) / radius;
                        double x = (j % shape.width() - x0) / radius;
                        double square = y * y + x * x;
                        if (square < 1) {
                            h.set(r, j, h.get(r, j) + thickness * StrictMath.sqrt(1 - square));
                        }
                    }
                }
            }
            surround(h);
        }
    },

    /** Each phase grows along a line across the image, from where it is not to where it is alone or nearly so. */
    WEDGES {
        private static final double OVERLAP = 0.15;

        @Override
        void draw(Draws draws, Shape shape, DenseMatrix h) {
            double turn = draws.uniform(0, 2 * Math.PI);
            for (int r = 0; r < h.rows(); r++) {
                double angle = turn + 2 * Math.PI * (r + draws.uniform(-0.1, 0.1)) / h.rows();
                double down = StrictMath.sin(angle);
                double right = StrictMath.cos(angle);
                for (int j = 0; j < h.columns(); j++) {
                    double y = (j / shape.width() + 0.5) / shape.height() - 0.5;
                    double x = (j % shape.width() + 0.5) / shape.width() - 0.5;
                    h.set(r, j, OVERLAP + down * y + right * x);
                }
            }
            for (int j = 0; j < h.columns(); j++) {
                cut(h, j);
            }
            normalize(h);
        }

        /** No share is negative; where no wedge reaches, which two can leave, the one that ends nearest does. */
        private void cut(DenseMatrix h, int pixel) {
            int nearest = 0;
            for (int r = 1; r < h.rows(); r++) {
                nearest = h.get(r, pixel) > h.get(nearest, pixel) ? r : nearest;
            }
            double most = h.get(nearest, pixel);
            for (int r = 0; r < h.rows(); r++) {
                h.set(r, pixel, Math.max(0, h.get(r, pixel)));
            }
            if (most <= 0) {
                h.set(nearest, pixel, 1);
            }
        }
    },

    /** Cells of uniform composition around random points, their borders blurred over a pixel or two. */
    GRAINS {
        private static final int GRAINS_A_PHASE = 10;
        private static final double CONCENTRATION = 0.4;
        private static final double BLUR = 1;

        @Override
        void draw(Draws draws, Shape shape, DenseMatrix h) {
            int grains = GRAINS_A_PHASE * h.rows();
            double[] y0 = new double[grains];
            double[] x0 = new double[grains];
            double[] composition = new double[grains * h.rows()];
            for (int g = 0; g < grains; g++) {
                y0[g] = draws.uniform() * shape.height();
                x0[g] = draws.uniform() * shape.width();
                draws.dirichlet(CONCENTRATION, composition, g * h.rows(), h.rows());
            }
            double[] distance = new double[grains];
            for (int j = 0; j < h.columns(); j++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int g = 0; g < grains; g++) {
                    double y = j / shape.width() - y0[g];
                    double x = j % shape.width() - x0[g];
                    distance[g] = StrictMath.sqrt(y * y + x * x);
                    nearest = Math.min(nearest, distance[g]);
                }
                for (int g = 0; g < grains; g++) {
                    double share = StrictMath.exp((nearest - distance[g]) / BLUR);
                    for (int r = 0; r < h.rows(); r++) {
                        h.set(r, j, h.get(r, j) + share * composition[g * h.rows() + r]);
                    }
                }
            }
            normalize(h);
        }
    };

    /**
     * Draws proportions.
     *
     * @param h phases × pixels, zeros; receives columns that sum to one
     */
    abstract void draw(Draws draws, Shape shape, DenseMatrix h);

    private static double smaller(Shape shape) {
        return Math.min(shape.height(), shape.width());
    }

    /** Phase 0 takes what the others leave; where they are more than all, they share it. */
    private static void surround(DenseMatrix h) {
        for (int j = 0; j < h.columns(); j++) {
            double sum = 0;
            for (int r = 1; r < h.rows(); r++) {
                sum += h.get(r, j);
            }
            for (int r = 1; r < h.rows() && sum > 1; r++) {
                h.set(r, j, h.get(r, j) / sum);
            }
            h.set(0, j, Math.max(0, 1 - sum));
        }
    }

    private static void normalize(DenseMatrix h) {
        for (int j = 0; j < h.columns(); j++) {
            double sum = 0;
            for (int r = 0; r < h.rows(); r++) {
                sum += h.get(r, j);
            }
            for (int r = 0; r < h.rows(); r++) {
                h.set(r, j, h.get(r, j) / sum);
            }
        }
    }
}
