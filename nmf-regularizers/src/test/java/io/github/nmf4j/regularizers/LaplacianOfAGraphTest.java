package io.github.nmf4j.regularizers;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Regularizer;
import io.github.nmf4j.testkit.RegularizerContract;
import java.util.Random;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class LaplacianOfAGraphTest extends RegularizerContract {
    /** Random weights with loops; vector 3 has no neighbours. */
    static DenseMatrix graph() {
        Random random = new Random(11);
        DenseMatrix graph = DenseMatrix.zeros(9, 9);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j <= i; j++) {
                if (random.nextInt(3) == 0 && i != 3 && j != 3) {
                    double weight = 3 * random.nextDouble();
                    graph.set(i, j, weight);
                    graph.set(j, i, weight);
                }
            }
        }
        graph.set(5, 5, 2);
        return graph;
    }

    @Override
    protected Regularizer regularizer() {
        return new Laplacian(graph());
    }

    @Override
    protected Regularizer prototype() {
        return new Laplacian();
    }

    @Override
    protected int vectors() {
        return 9;
    }

    @Override
    protected boolean exactAlone() {
        return true;
    }
}
