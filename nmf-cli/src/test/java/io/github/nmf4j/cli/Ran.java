package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the command within this process. */
record Ran(int status, String out, String err) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static Ran nmf(Object... args) {
        String[] texts = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        return nmf(Host.quiet(texts), texts);
    }

    static Ran nmf(Host host, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), host, args);
        return new Ran(status, out.toString(), err.toString());
    }

    Ran succeeded() {
        assertThat(status).as(err).isZero();
        return this;
    }

    /** Standard output, which must be one line of JSON. */
    JsonNode json() {
        succeeded();
        assertThat(out.strip().lines()).hasSize(1);
        return JSON.readTree(out);
    }

    void refused(String line) {
        assertThat(err).isEqualTo("nmf: " + line + System.lineSeparator());
        assertThat(status).isEqualTo(2);
        assertThat(out).isEmpty();
    }
}
