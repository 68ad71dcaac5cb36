package io.github.nmf4j.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads what was drawn back from its markup. */
final class Drawn {
    private Drawn() {}

    static Document xml(String markup) {
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(markup.getBytes(StandardCharsets.UTF_8)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(markup, e);
        }
    }

    static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** {@return the points of the first path of a class that comes after the legend} */
    static List<double[]> points(String markup, String classes) {
        List<Element> paths = elements(xml(markup), "path").stream()
                .filter(path -> path.getAttribute("class").equals(classes))
                .toList();
        List<double[]> points = new ArrayList<>();
        Matcher matcher = Pattern.compile("[ML]([-0-9.]+) ([-0-9.]+)")
                .matcher(paths.get(paths.size() - 1).getAttribute("d"));
        while (matcher.find()) {
            points.add(new double[] {Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))});
        }
        return points;
    }
}
