/**
 * The command {@code nmf}: factorises matrices in files, lists what plugs in, and runs worked examples.
 *
 * <p>{@link io.github.nmf4j.cli.Main} starts it. Losses, penalties, constraints and backends come from whatever is on the
 * class path, or from the jars of a folder given by {@code --plugins}; nothing here knows one of them by name.
 */
package io.github.nmf4j.cli;
