/**
 * What a start, a solver or an acceleration has to keep, as tests to inherit: {@code class MineTest extends SolverContract}, which
 * names its instance. They look at whole small fits through {@code Nmf}, as a user would.
 */
package io.github.nmf4j.core.testkit;
