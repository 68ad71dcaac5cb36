package io.github.nmf4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What is running: nmf4j, the JDK and its virtual machine. */
final class Versions implements IVersionProvider {
    static String nmf4j() {
        try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("nmf4j");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String java() {
        return System.getProperty("java.version");
    }

    static String machine() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", "
                + System.getProperty("java.vendor");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "nmf4j " + nmf4j(), "Java " + java() + " (" + machine() + ")", System.getProperty("java.home")
        };
    }
}
