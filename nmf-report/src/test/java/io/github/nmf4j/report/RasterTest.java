package io.github.nmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class RasterTest {
    private static BufferedImage pixels(Raster raster) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(raster.png().orElseThrow()));
    }

    @Test
    void everyPixelHasTheColourOfItsValue() throws IOException {
        double[] values = new SplittableRandom(1).doubles(35, 0, 4).toArray();
        values[17] = Double.NaN;
        values[3] = 0;
        BufferedImage image =
                pixels(Raster.picture("t", new Shape(5, 7), values).range(0, 4).build());
        assertThat(image.getWidth()).isEqualTo(7);
        assertThat(image.getHeight()).isEqualTo(5);
        int[] shades = Colours.AMOUNT.shades();
        for (int i = 0; i < 35; i++) {
            int pixel = image.getRGB(i % 7, i / 7);
            if (i == 17) {
                assertThat(pixel >>> 24).isZero();
            } else {
                int nearest = (int) Math.round(values[i] / 4 * (shades.length - 1));
                assertThat(pixel).isEqualTo(0xff000000 | shades[nearest]);
            }
        }
    }

    @Test
    void lightnessGrowsWithAnAmount() {
        double before = -1;
        for (int shade : Colours.AMOUNT.shades()) {
            double lightness = 0.2126 * (shade >> 16 & 255) + 0.7152 * (shade >> 8 & 255) + 0.0722 * (shade & 255);
            assertThat(lightness).isGreaterThan(before - 1);
            before = Math.max(before, lightness);
        }
        assertThat(Colours.AMOUNT.shades()[0]).isEqualTo(0x440154);
        assertThat(Colours.AMOUNT.shades()[254]).isEqualTo(0xfde725);
    }

    @Test
    void nothingIsWhiteAmongDifferences() throws IOException {
        BufferedImage image = pixels(Raster.picture("t", new Shape(1, 3), new double[] {-2, 0, 1})
                .differences()
                .build());
        assertThat(image.getRGB(1, 0)).isEqualTo(0xfff7f7f7);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xff000000 | Colours.DIFFERENCE.shades()[0]);
    }

    /** A few great differences would leave all others white. */
    @Test
    void theGreatestDifferencesShareTheLastColourAndItIsSaid() throws IOException {
        double[] values = new double[400];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : -0.5);
        values[399] = 50;
        Raster map =
                Raster.heatMap("t", 20, 20, values).differences().note("Of X.").build();
        int[] shades = Colours.DIFFERENCE.shades();
        assertThat(pixels(map).getRGB(0, 0)).isEqualTo(0xff000000 | shades[shades.length - 1]);
        assertThat(pixels(map).getRGB(19, 19)).isEqualTo(0xff000000 | shades[shades.length - 1]);
        assertThat(map.note()).isEqualTo("Of X. The last colours are those of the greatest 0.5 %, up to 50.");
    }

    @Test
    void anImageThatHardlyVariesBeginsAtItsLeastEntry() throws IOException {
        double[][] maps = {{0.9, 0.95, 1}, {0.4, 0.95, 1}};
        Page page = new Page("t");
        new Side("H", "column of X", maps, java.util.List.of(), c -> null).addImages(page, new Shape(1, 3));
        int first = Colours.AMOUNT.shades()[0];
        for (int c = 0; c < 2; c++) {
            byte[] png = page.figureFiles().get("0" + (c + 1) + "-h-component-" + c + ".png");
            int least = ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0) & 0xffffff;
            assertThat(least == first).isEqualTo(c == 0);
        }
        assertThat(page.html()).containsOnlyOnce("Colours begin at the least entry, not at 0.");
    }

    @Test
    void whatIsTooLargeIsAveragedAndSaysSo() throws IOException {
        double[] values = new double[3 * 1600];
        Arrays.setAll(values, i -> i % 1600);
        Raster map = Raster.heatMap("t", 3, 1600, values).build();
        BufferedImage image = pixels(map);
        assertThat(image.getWidth()).isEqualTo(400);
        assertThat(image.getHeight()).isEqualTo(3);
        assertThat(map.note()).isEqualTo("Means of neighbours, 3 x 400 of 3 x 1600.");
        Grid means = new Grid(3, 1600, values).atMost(3, 400);
        assertThat(means.values()[400 + 7]).isCloseTo((28 + 29 + 30 + 31) / 4.0, within(1e-12));
    }

    @Test
    void blocksCoverEveryValueOnce() {
        double[] values = new SplittableRandom(4).doubles(7 * 11).toArray();
        Grid blocks = new Grid(7, 11, values).atMost(3, 4);
        int[] rows = {2, 2, 3};
        int[] columns = {2, 3, 3, 3};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                sum += blocks.values()[i * 4 + j] * rows[i] * columns[j];
            }
        }
        assertThat(sum).isCloseTo(Arrays.stream(values).sum(), within(1e-12));
    }

    @Test
    void namesOfRowsAreWrittenWhole() {
        String svg = Raster.heatMap("t", 2, 3, new double[6])
                .rowNames(java.util.List.of("a <b>", "&amp;"))
                .build()
                .svg();
        assertThat(Drawn.elements(Drawn.xml(svg), "text"))
                .extracting(text -> text.getTextContent())
                .contains("a <b>", "&amp;");
    }

    @Test
    void aPixelTooFewIsRefused() {
        assertThatThrownBy(() -> Raster.picture("t", new Shape(2, 3), new double[5]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("an image needs a value for each of 2 x 3 pixels: 5");
    }
}
