/**
 * Shows a factorisation: pages that open from disk, and the figures on them.
 *
 * <p>A {@link io.github.nmf4j.report.Page} is one HTML file without scripts, with nothing loaded from anywhere, light and dark, for
 * wide screens and for phones. Its {@link io.github.nmf4j.report.Figure}s are drawings in SVG, images within them in PNG, and can be
 * written as files of their own. {@link io.github.nmf4j.report.FitReport} fills a page with what there is to see of a fit:
 *
 * <pre>{@code
 * Page page = new Page("My fit");
 * FitReport.of(fit.w(), fit.h()).trace(fit.trace()).shape(new Shape(100, 100)).data(x).addTo(page);
 * Files.writeString(Path.of("report.html"), page.html());
 * }</pre>
 */
package io.github.nmf4j.report;
