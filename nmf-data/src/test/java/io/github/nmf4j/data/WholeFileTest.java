package io.github.nmf4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void whatFailsHalfWayLeavesWhatWasThere() throws IOException {
        Path target = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(() -> WholeFile.write(target, out -> {
                    out.write(new byte[100_000]);
                    throw new IllegalStateException("half way");
                }))
                .hasMessage("half way");
        assertThat(target).hasContent("old");
        assertThatThrownBy(() -> WholeFile.write(target, out -> {
                    throw new IOException("disk full");
                }))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("the target must be writable: " + target + ", disk full");
        assertThat(folder.toFile().list()).containsExactly("a");
    }

    @Test
    void theTargetIsNotThereBeforeItIsComplete() {
        Path target = folder.resolve("b");
        WholeFile.write(target, out -> {
            out.write(new byte[200_000]);
            out.flush();
            assertThat(target).doesNotExist();
        });
        assertThat(target).hasSize(200_000);
        assertThat(folder.toFile().list()).containsExactly("b");
    }

    @Test
    void replacesFilesAndFollowsLinks() throws IOException {
        Path target = Files.writeString(folder.resolve("c"), "old and longer");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        WholeFile.write(link, out -> out.write('n'));
        assertThat(target).hasContent("n");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void refusesFoldersAndPlacesThatDoNotExist() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("d"));
        assertThatThrownBy(() -> WholeFile.write(inner, out -> {}))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("the target must be a file: " + inner + " is a directory");
        Path nowhere = folder.resolve("e").resolve("f");
        assertThatThrownBy(() -> WholeFile.write(nowhere, out -> {}))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("the folder to write to must exist: " + folder.resolve("e"));
    }
}
