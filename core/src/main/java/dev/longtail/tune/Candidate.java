package dev.longtail.tune;

import dev.longtail.train.LabelConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings that may be tried.
 *
 * @param number place in the order in which candidates are drawn; 0 are the settings that the search starts from
 * @param changes what differs from those settings, text by path
 * @param config all settings
 */
public record Candidate(int number, Map<String, String> changes, LabelConfig config) {

    public Candidate {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    /** Whether these are the settings that the search starts from. */
    public boolean isStart() {
        return number == 0;
    }
}
