package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import java.util.Arrays;

/**
 * C = QᵀS⁻¹·X·diag(c)^−½, the whitened image in the coordinates of a basis, known by its products: each reads X once. Empty
 * pixels are filled.
 *
 * @param x the counts
 * @param whitening S and c
 * @param basis Q
 * @param backend of the products
 */
record WhitenedImage(Blocks x, Whitening whitening, Basis basis, LinearAlgebraBackend backend) {
    /** {@return the number of coordinates} */
    int coordinates() {
        return basis.size();
    }

    int pixels() {
        return x.columns();
    }

    /** {@return C itself, coordinates × pixels} */
    DenseMatrix all() {
        if (basis.vectors() != null) {
            return product(basis.vectors());
        }
        DenseMatrix identity = DenseMatrix.zeros(coordinates(), coordinates());
        for (int i = 0; i < coordinates(); i++) {
            identity.set(i, i, 1);
        }
        return times(identity);
    }

    /**
     * {@return vᵀC}
     *
     * @param v coordinates × some
     */
    DenseMatrix times(DenseMatrix v) {
        return product(basis.towards(v, backend));
    }

    private DenseMatrix product(DenseMatrix towards) {
        DenseMatrix product = DenseMatrix.zeros(towards.columns(), x.columns());
        x.each((hand, column, block) -> {
            DenseMatrix part = product.slice(0, column, product.rows(), block.columns());
            backend.multiply(Product.ATB, towards, block, 0, part);
            for (int r = 0; r < part.rows(); r++) {
                int at = part.offset() + r * part.stride();
                for (int j = 0; j < part.columns(); j++) {
                    part.data()[at + j] /= Math.sqrt(whitening.dose()[column + j]);
                }
            }
        });
        whitening.empty().fill(product);
        return product;
    }

    /**
     * {@return C·zᵀ}
     *
     * @param z some × pixels; overwritten
     */
    DenseMatrix timesTransposed(DenseMatrix z) {
        int some = z.rows();
        whitening.empty().handBack(z);
        for (int r = 0; r < some; r++) {
            for (int j = 0, at = r * z.stride(); j < z.columns(); j++, at++) {
                z.data()[at] /= Math.sqrt(whitening.dose()[j]);
            }
        }
        DenseMatrix[] sums = new DenseMatrix[x.hands()];
        Arrays.setAll(sums, hand -> DenseMatrix.zeros(x.rows(), some));
        x.each((hand, column, block) ->
                backend.multiply(Product.ABT, block, z.slice(0, column, some, block.columns()), 1, sums[hand]));
        for (int hand = 1; hand < sums.length; hand++) {
            for (int e = 0; e < sums[0].data().length; e++) {
                sums[0].data()[e] += sums[hand].data()[e];
            }
        }
        return basis.coordinates(sums[0], backend);
    }
}
