/**
 * JMH benchmarks of products, half-steps, whole iterations and constraints, by backend, loss, shape and rank.
 *
 * <pre>{@code
 * ./mvnw -pl nmf-bench -am package
 * java -jar nmf-bench/target/benchmarks.jar HalfStepBenchmark -p backend=portable -p rank=3 -prof gc
 * }</pre>
 *
 * <p>They use what any user of the core may use: {@link io.github.nmf4j.bench.Probe} is an acceleration that keeps the
 * problem it is given.
 */
package io.github.nmf4j.bench;
