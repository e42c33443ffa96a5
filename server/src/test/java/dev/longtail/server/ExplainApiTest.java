package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ExplainApiTest {

    private static final String EXPLAIN = "/v1/models/first/explain";

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running = RunningServer.ofTwo("maxTextLength", "20000", "maxLimit", "30");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static double sum(JsonNode label) {
        double sum = label.path("otherWords").path("value").asDouble(0);
        for (String parts : new String[] {"words", "fixed"}) {
            for (JsonNode part : label.path(parts)) {
                sum += part.path("value").doubleValue();
            }
        }
        return sum;
    }

    @Test
    void theSuggestedLabelsAreExplainedAndThePartsAddUp() {
        String text = TinyModels.text(5);
        JsonNode suggestions = running.post("/v1/models/first/suggest", "{\"text\":\"" + text + "\",\"limit\":3}")
                .json()
                .path("suggestions");
        JsonNode labels = running.post(EXPLAIN, "{\"text\":\"" + text + "\",\"top\":3}")
                .json()
                .path("labels");
        assertThat(labels.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            JsonNode label = labels.path(i);
            assertThat(label.path("id")).isEqualTo(suggestions.path(i).path("id"));
            assertThat(label.path("score").doubleValue())
                    .isCloseTo(suggestions.path(i).path("score").doubleValue(), within(1e-5));
            assertThat(label.path("probability").doubleValue())
                    .isCloseTo(suggestions.path(i).path("probability").doubleValue(), within(1e-5));
            assertThat(sum(label)).isCloseTo(label.path("score").doubleValue(), within(1e-4));
            assertThat(label.path("suggested").booleanValue()).isTrue();
            assertThat(label.path("rank").intValue()).isEqualTo(i + 1);
        }
        JsonNode strongest = labels.at("/0/words/0");
        assertThat(strongest.path("word").stringValue()).isEqualTo("word5");
        int start = strongest.at("/places/0/start").intValue();
        int end = strongest.at("/places/0/end").intValue();
        assertThat(text.substring(start, end)).isEqualTo("word5");
    }

    @Test
    void aLabelThatIsNotSuggestedIsExplainedWithWhatIsMissing() {
        String ids = "[\"<http://first.example/9>\",\"<http://first.example/5>\"]";
        String question = "{\"text\":\"" + TinyModels.text(5) + "\",\"labels\":" + ids + ",\"top\":1}";
        JsonNode labels = running.post(EXPLAIN, question).json().path("labels");
        assertThat(labels.at("/0/name").stringValue()).isEqualTo("first 9");
        assertThat(labels.at("/0/suggested").booleanValue()).isFalse();
        assertThat(labels.at("/0/missing")
                        .valueStream()
                        .map(word -> word.path("term").stringValue()))
                .contains("word9");
        assertThat(labels.at("/1/suggested").booleanValue()).isTrue();
        assertThat(labels.path(1).has("missing")).isFalse();
    }

    @Test
    void aModelThatIsNotCalibratedTellsNoProbability() {
        JsonNode label = running.post("/v1/models/plain/explain", "{\"text\":\"word2\",\"top\":1}")
                .json()
                .at("/labels/0");
        assertThat(label.path("id").stringValue()).isEqualTo("<http://plain.example/2>");
        assertThat(label.has("probability")).isFalse();
    }

    @Test
    void aTextOfUnknownWordsHasNothingToExplain() {
        assertThat(running.post(EXPLAIN, "{\"text\":\"xyzzy\"}")
                        .json()
                        .path("labels")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void wordsBeyondThoseAskedForAreAddedUpAndPlacesAreBounded() {
        JsonNode few = running.post(EXPLAIN, "{\"text\":\"" + TinyModels.text(5) + "\",\"top\":1,\"words\":1}")
                .json()
                .at("/labels/0");
        assertThat(few.path("words").size()).isEqualTo(1);
        assertThat(few.at("/otherWords/count").intValue()).isPositive();
        assertThat(sum(few)).isCloseTo(few.path("score").doubleValue(), within(1e-4));
        String text = "of ".repeat(6000).strip();
        JsonNode many = running.post(EXPLAIN, "{\"text\":\"" + text + "\",\"top\":1}")
                .json()
                .at("/labels/0");
        assertThat(many.at("/words/0/places").size()).isEqualTo(5000);
        assertThat(many.path("placesLeftOut").intValue()).isEqualTo(1000);
    }

    @Test
    void withoutLabelsAtMostTwentyAreExplained() {
        JsonNode labels = running.post(EXPLAIN, "{\"text\":\"" + TinyModels.text(5) + "\",\"top\":30}")
                .json()
                .path("labels");
        assertThat(labels.size()).isBetween(10, 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                   | 400 | missing-text",
                "{'text':1}                           | 400 | invalid-text",
                "{'text':'a','top':0}                 | 400 | invalid-top",
                "{'text':'a','top':31}                | 400 | invalid-top",
                "{'text':'a','top':'1'}               | 400 | invalid-top",
                "{'text':'a','words':0}               | 400 | invalid-words",
                "{'text':'a','words':1001}            | 400 | invalid-words",
                "{'text':'a','words':1e99}            | 400 | invalid-words",
                "{'text':'a','labels':[]}             | 400 | invalid-labels",
                "{'text':'a','labels':'x'}            | 400 | invalid-labels",
                "{'text':'a','labels':[1]}            | 400 | invalid-labels",
                "{'text':'a','labels':['none']}       | 400 | unknown-label",
            })
    void wrongQuestionsAreRefused(String body, int status, String code) {
        Answer answer = running.post(EXPLAIN, body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void tooMuchIsRefused() {
        String ids = "\"a\",".repeat(20) + "\"a\"";
        assertThat(running.post(EXPLAIN, "{\"text\":\"a\",\"labels\":[" + ids + "]}")
                        .code())
                .isEqualTo("invalid-labels");
        assertThat(running.post(EXPLAIN, "{\"text\":\"" + "a".repeat(20_001) + "\"}")
                        .code())
                .isEqualTo("text-too-long");
        Answer unknown = running.post(EXPLAIN, "{\"text\":\"a\",\"labels\":[\"" + "b".repeat(9000) + "\"]}");
        assertThat(unknown.code()).isEqualTo("unknown-label");
        assertThat(unknown.body()).hasSizeLessThan(500);
        assertThat(running.post("/v1/models/none/explain", "{\"text\":\"a\"}").code())
                .isEqualTo("unknown-model");
    }
}
