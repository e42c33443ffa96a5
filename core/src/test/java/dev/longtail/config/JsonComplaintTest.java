package dev.longtail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

final class JsonComplaintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{       | Unexpected end-of-input: expected close marker for Object",
                "{} {}   | Trailing token",
                "[NaN]   | Non-standard token 'NaN'",
                "[/**/]  | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
                "deep    | Document nesting depth (501) exceeds the maximum allowed (500)",
            })
    void namesOfClassesAndAdviceAreLeftOut(String json, String plain) {
        String text = json.equals("deep") ? "[".repeat(1001) : json;
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        JacksonException complaint = catchThrowableOfType(JacksonException.class, () -> mapper.readTree(text));
        assertThat(JsonComplaint.plain(complaint.getOriginalMessage())).isEqualTo(plain);
    }
}
