package dev.longtail.vocabulary;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds ways from a concept up to itself. Depth first search with a stack of its own, since a chain of a million
 * concepts must not end in a stack overflow; each edge is followed once.
 */
final class BroaderCycles {

    private static final int NAMED = 4; // concepts of a way that are named

    private final Map<String, Set<String>> broader = new LinkedHashMap<>();

    /** Hears of each edge that closes a cycle. */
    interface Listener {
        /**
         * A cycle.
         *
         * @param id   concept at its beginning and end
         * @param path the way in words
         */
        void cycle(String id, String path);
    }

    BroaderCycles(List<Concept> concepts) {
        for (Concept concept : concepts) {
            above(concept.id()).addAll(concept.relations().broader());
        }
        for (Concept concept : concepts) {
            concept.relations().narrower().forEach(below -> above(below).add(concept.id()));
        }
    }

    private Set<String> above(String id) {
        return broader.computeIfAbsent(id, key -> new LinkedHashSet<>(4));
    }

    private record Step(String id, Iterator<String> above) {}

    /** Tells of cycles: of all cycles that share an edge, at least one. */
    void find(Listener listener) {
        Map<String, Boolean> open = new HashMap<>(); // true on the way, false when done
        Deque<Step> way = new ArrayDeque<>();
        for (String start : broader.keySet()) {
            if (!open.containsKey(start)) {
                enter(start, open, way);
                walk(open, way, listener);
            }
        }
    }

    private void walk(Map<String, Boolean> open, Deque<Step> way, Listener listener) {
        while (!way.isEmpty()) {
            Step step = way.getLast();
            if (!step.above.hasNext()) {
                open.put(step.id, false);
                way.removeLast();
                continue;
            }
            String next = step.above.next();
            Boolean state = open.get(next);
            if (state == null) {
                enter(next, open, way);
            } else if (state) {
                listener.cycle(next, path(next, way));
            }
        }
    }

    private void enter(String id, Map<String, Boolean> open, Deque<Step> way) {
        open.put(id, true);
        way.addLast(new Step(id, broader.getOrDefault(id, Set.of()).iterator()));
    }

    /** The end of the way that begins with this concept, and the concept again. */
    private static String path(String id, Deque<Step> way) {
        StringBuilder path = new StringBuilder();
        boolean inside = false;
        int named = 0;
        for (Step step : way) {
            inside |= step.id.equals(id);
            if (inside && named < NAMED) {
                path.append(step.id).append(" < ");
                named++;
            } else if (inside && named++ == NAMED) {
                path.append("... < ");
            }
        }
        return path.append(id).toString();
    }
}
