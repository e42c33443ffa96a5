package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TermTableTest {

    private static int add(TermTable table, String term) {
        return table.add(("##" + term + "##").toCharArray(), 2, term.length());
    }

    private static int find(TermTable table, String term) {
        return table.find(term.toCharArray(), 0, term.length());
    }

    @Test
    void behavesLikeAMapThroughGrowthAndRemoval() {
        Random random = new Random(7);
        TermTable table = new TermTable();
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20_000; i++) {
                String term = randomTerm(random);
                Integer known = expected.putIfAbsent(term, expected.size());
                assertThat(add(table, term)).isEqualTo(known == null ? expected.size() - 1 : known);
            }
            List<String> terms = new ArrayList<>(expected.keySet());
            int divisor = 2 + round;
            table.retain(term -> term % divisor == 0);
            expected.clear();
            for (int i = 0; i < terms.size(); i++) {
                if (i % divisor == 0) {
                    expected.put(terms.get(i), expected.size());
                } else {
                    assertThat(find(table, terms.get(i))).isEqualTo(-1);
                }
            }
            assertThat(table.size()).isEqualTo(expected.size());
            expected.forEach((term, number) -> {
                assertThat(find(table, term)).isEqualTo(number);
                assertThat(table.term(number)).isEqualTo(term);
            });
        }
    }

    // Mostly short, now and then so long that the ends of pages are passed over.
    private static String randomTerm(Random random) {
        int length = random.nextInt(50) == 0 ? 1 + random.nextInt(TermTable.MAX_TERM) : 1 + random.nextInt(4);
        StringBuilder term = new StringBuilder();
        for (int i = 0; i < length; i++) {
            term.append((char) ('a' + random.nextInt(26)));
        }
        return term.toString();
    }

    @Test
    void comparesLikeStrings() {
        TermTable table = new TermTable();
        String[] terms = {"a", "ab", "b", "é", "\uffee", "😀"};
        for (String term : terms) {
            add(table, term);
        }
        for (int i = 0; i < terms.length; i++) {
            for (int j = 0; j < terms.length; j++) {
                assertThat(Integer.signum(table.compare(i, j))).isEqualTo(Integer.signum(terms[i].compareTo(terms[j])));
            }
        }
    }

    @Test
    void refusesTermsBeyondTheLimit() {
        TermTable table = new TermTable();
        assertThat(add(table, "x".repeat(TermTable.MAX_TERM))).isZero();
        assertThatThrownBy(() -> add(table, "x".repeat(TermTable.MAX_TERM + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
    }
}
