package dev.longtail.data;

import dev.longtail.config.InputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@link DataFormat#XC}. Ids of labels are their numbers as text. Features may stand in any order, each once. */
final class XcParser implements LineParser {

    private final LineReader lines;
    private final long examples;
    private final int features;
    private final int labels;
    private long read;
    private String line = "";
    private int at;
    private long[] sorted = new long[32]; // feature << 32 | bits of the value

    /** @param header first line of the file, already read; null when there is none */
    XcParser(LineReader lines, @Nullable String header) {
        this.lines = lines;
        if (header == null) {
            throw new InputException(lines.source(), 0, "is empty, expected a header 'examples features labels'");
        }
        String[] fields = header.strip().split(" +");
        if (fields.length != 3) {
            throw lines.wrong("header must be 'examples features labels', got '" + shortened(header) + "'");
        }
        this.examples = number(fields[0], "examples");
        this.features = number(fields[1], "features");
        this.labels = number(fields[2], "labels");
    }

    private int number(String field, String name) {
        if (!field.matches("[0-9]{1,10}") || Long.parseLong(field) > Integer.MAX_VALUE) {
            throw lines.wrong("number of " + name + " must be from 0 to 2147483647, got '" + shortened(field) + "'");
        }
        return Integer.parseInt(field);
    }

    @Override
    public void parse(String text, RawExample into) {
        if (read++ == examples) {
            throw lines.wrong("the header announces " + examples + " examples, here stands one more");
        }
        line = text;
        at = 0;
        into.text = null;
        into.declaredFeatures = features;
        into.declaredLabels = labels;
        into.declaredExamples = examples;
        if (!line.isEmpty() && line.charAt(0) != ' ') {
            parseLabels(into);
        }
        parseFeatures(into);
    }

    @Override
    public void end() {
        if (read != examples) {
            throw lines.wrong("the header announces " + examples + " examples, the file ends after " + read);
        }
    }

    private void parseLabels(RawExample into) {
        while (true) {
            int label = id(labels, "label");
            into.labels.add(Integer.toString(label));
            if (at == line.length() || line.charAt(at) == ' ') {
                return;
            }
            if (line.charAt(at) != ',') {
                throw unexpected("a comma or a space behind label " + label
                        + " (a line of features without labels begins with a space)");
            }
            at++;
        }
    }

    private void parseFeatures(RawExample into) {
        int count = 0;
        boolean ascending = true;
        while (skipSpaces()) {
            int feature = id(features, "feature");
            if (at == line.length() || line.charAt(at) != ':') {
                throw unexpected("a colon behind feature " + feature);
            }
            at++;
            if (count == sorted.length) {
                sorted = Arrays.copyOf(sorted, 2 * count);
            }
            sorted[count] = (long) feature << 32 | Float.floatToRawIntBits(value(feature)) & 0xffffffffL;
            ascending &= count == 0 || sorted[count - 1] >>> 32 < feature;
            count++;
        }
        if (!ascending) {
            sort(count);
        }
        store(count, into);
    }

    private void sort(int count) {
        Arrays.sort(sorted, 0, count);
        for (int i = 1; i < count; i++) {
            if (sorted[i] >>> 32 == sorted[i - 1] >>> 32) {
                throw lines.wrong("feature " + (sorted[i] >>> 32) + " stands twice");
            }
        }
    }

    private void store(int count, RawExample into) {
        if (into.features.length < count) {
            into.features = new int[sorted.length];
            into.values = new float[sorted.length];
        }
        for (int i = 0; i < count; i++) {
            into.features[i] = (int) (sorted[i] >>> 32);
            into.values[i] = Float.intBitsToFloat((int) sorted[i]);
        }
        into.featureCount = count;
    }

    private boolean skipSpaces() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at < line.length();
    }

    private int id(int limit, String name) {
        int start = at;
        long id = 0;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            // Far above any limit the digits no longer matter, only that they do not overflow.
            id = Math.min(10 * id + line.charAt(at++) - '0', Integer.MAX_VALUE);
        }
        if (at == start) {
            throw unexpected("the number of a " + name);
        }
        if (id >= limit) {
            throw lines.wrong(name + " " + shortened(line.substring(start, at)) + " in column " + (start + 1)
                    + ": the header allows 0 to " + (limit - 1));
        }
        return (int) id;
    }

    private float value(int feature) {
        int start = at;
        boolean plain = true;
        while (at < line.length() && line.charAt(at) != ' ') {
            plain &= "0123456789+-.eE".indexOf(line.charAt(at++)) >= 0;
        }
        if (at == start + 1 && line.charAt(start) == '1') {
            return 1;
        }
        String field = line.substring(start, at);
        float value = Float.NaN;
        if (plain) {
            try {
                value = Float.parseFloat(field);
            } catch (NumberFormatException e) {
                value = Float.NaN;
            }
        }
        if (!Float.isFinite(value)) {
            throw lines.wrong("value of feature " + feature + " must be a finite number, got '" + shortened(field)
                    + "' in column " + (start + 1));
        }
        return value;
    }

    private InputException unexpected(String expected) {
        String found = at < line.length() ? "'" + shortened(line.substring(at)) + "'" : "the end of the line";
        return lines.wrong("expected " + expected + " in column " + (at + 1) + ", got " + found);
    }

    private static String shortened(String field) {
        return field.length() <= 20 ? field : field.substring(0, 20) + "...";
    }
}
