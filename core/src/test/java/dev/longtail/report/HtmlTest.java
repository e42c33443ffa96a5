package dev.longtail.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class HtmlTest {

    private static final String HOSTILE = "</script><script>alert('x')</script><!-- \" & \u2028";

    @Test
    void textStaysText() {
        String page = new Html()
                .section("a", HOSTILE)
                .table(HOSTILE, List.of(HOSTILE))
                .row(List.of(HOSTILE, HOSTILE))
                .element("p", HOSTILE)
                .toString();
        assertThat(page)
                .doesNotContain("<script", "</script", "<!--", "alert('")
                .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&lt;!-- &quot; &amp;");
    }

    @Test
    void jsonInAScriptCannotEndIt() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", HOSTILE);
        String inScript = LabelSection.inScript(json);
        assertThat(inScript).doesNotContain("<", ">", "&", "\u2028");
        assertThat(JsonMapper.builder().build().readTree(inScript)).isEqualTo(json);
    }

    @Test
    void numbersAreShort() {
        assertThat(List.of(Numbers.points(-0.01234), Numbers.points(0.5), Numbers.pValue(0.001), Numbers.pValue(0.25)))
                .containsExactly("-1.23", "+50.00", "0.0010", "0.250");
    }
}
