package org.example.nmf;

import io.github.nmf4j.api.Loss;
import io.github.nmf4j.testkit.LossContract;

class StudentTest extends LossContract {
    @Override
    protected Loss loss() {
        return new Student(3, 0.5);
    }
}
