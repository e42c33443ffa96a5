package dev.longtail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are wrong, too much or meant to harm: each gets the status and the code it should, and no trace. */
final class HostileRequestTest {

    private static final String SUGGEST = "/v1/models/first/suggest";

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException {
        running =
                RunningServer.ofTwo("maxBodyBytes", "2000", "maxTexts", "3", "maxTextLength", "100", "maxLimit", "20");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static void check(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(answer.body())
                .doesNotContain("Exception", "\\tat ", "dev.longtail", "jetty", "javalin", TinyModels.FIRST.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/models/first/suggest | ``                                  | 400 | invalid-json",
                "/v1/models/first/suggest | {                                   | 400 | invalid-json",
                "/v1/models/first/suggest | []                                  | 400 | invalid-json",
                "/v1/models/first/suggest | null                                | 400 | invalid-json",
                "/v1/models/first/suggest | {'text':'a'} {'text':'b'}           | 400 | invalid-json",
                "/v1/models/first/suggest | {'text':'a','text':'b'}             | 400 | invalid-json",
                "/v1/models/first/suggest | {'text':NaN}                        | 400 | invalid-json",
                "/v1/models/first/suggest | {}                                  | 400 | missing-text",
                "/v1/models/first/suggest | {'text':1}                          | 400 | invalid-text",
                "/v1/models/first/suggest | {'text':null}                       | 400 | invalid-text",
                "/v1/models/first/suggest | {'text':['a']}                      | 400 | invalid-text",
                "/v1/models/first/suggest | {'text':'a','texts':['b']}          | 400 | invalid-text",
                "/v1/models/first/suggest | {'texts':'a'}                       | 400 | invalid-text",
                "/v1/models/first/suggest | {'texts':['a',{}]}                  | 400 | invalid-text",
                "/v1/models/first/suggest | {'texts':[]}                        | 400 | missing-text",
                "/v1/models/first/suggest | {'texts':['a','b','c','d']}         | 413 | too-many-texts",
                "/v1/models/first/suggest | {'text':'a','limit':0}              | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':-1}             | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':21}             | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':2147483648}     | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':1e30}           | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':1.5}            | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':'5'}            | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','limit':null}           | 400 | invalid-limit",
                "/v1/models/first/suggest | {'text':'a','threshold':'x'}        | 400 | invalid-threshold",
                "/v1/models/first/suggest | {'text':'a','threshold':1e999}      | 400 | invalid-threshold",
                "/v1/models/none/suggest  | {'text':'a'}                        | 404 | unknown-model",
                "/v1/models/First/suggest | {'text':'a'}                        | 404 | unknown-model",
                "/v1/models/first/learn   | {'text':'a'}                        | 404 | not-found",
                "/v1/models/first         | {'text':'a'}                        | 405 | method-not-allowed",
                "/health/live             | {}                                  | 405 | method-not-allowed",
                "/v1/projects/none/suggest-batch  | {'documents':[{'text':'a'}]} | 404 | unknown-model",
                "/v1/projects/first/suggest-batch | {'text':'a'}                | 400 | missing-text",
                "/v1/projects/first/suggest-batch | {'documents':[]}            | 400 | missing-text",
                "/v1/projects/first/suggest-batch | {'documents':['a']}         | 400 | missing-text",
                "/v1/projects/first/suggest-batch | {'documents':[{'text':2}]}  | 400 | invalid-text",
                "/v1/projects/first/suggest-batch?limit=-5 | {'documents':[{'text':'a'}]} | 400 | invalid-limit",
                "/v1/projects/first/suggest-batch?limit=99999999999 | {'documents':[{'text':'a'}]}"
                        + " | 400 | invalid-limit",
                "/v1/projects/first/suggest-batch?threshold=NaN | {'documents':[{'text':'a'}]}"
                        + " | 400 | invalid-threshold",
                "/v1/projects/first/suggest | {'text':'a'}                      | 415 | unsupported-media-type",
                "/v2/models/first/infer   | {}                                  | 400 | invalid-input",
                "/v2/models/first/infer   | {'inputs':{}}                       | 400 | invalid-input",
                "/v2/models/first/infer | {'inputs':[{'name':'text','datatype':'FP32','shape':[1],'data':[1]}]}"
                        + " | 400 | invalid-input",
                "/v2/models/first/infer | {'inputs':[{'name':'text','datatype':'BYTES','shape':[2],'data':['a']}]}"
                        + " | 400 | invalid-input",
                "/v2/models/first/infer | {'inputs':[{'name':'text','datatype':'BYTES','shape':[-1],'data':['a']}]}"
                        + " | 400 | invalid-input",
                "/v2/models/first/infer | {'inputs':[{'name':'text','datatype':'BYTES','shape':[1],'data':[[]]}]}"
                        + " | 400 | invalid-text",
                "/v2/models/first/infer | {'outputs':[{'name':'x'}],'inputs':[]} | 400 | invalid-output",
                "/v2/models/none/infer    | {}                                  | 404 | unknown-model",
            })
    void wrongBodiesAndAddresses(String path, String body, int status, String code) {
        check(running.post(path, body.replace('\'', '"')), status, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                           | 400 | missing-text",
                "limit=3                      | 400 | missing-text",
                "text=a&text=b                | 400 | invalid-form",
                "text=%zz                     | 400 | invalid-form",
                "text=a%4                     | 400 | invalid-form",
                "text=%ff%fe                  | 400 | invalid-utf8",
                "text=%c0%af                  | 400 | invalid-utf8",
                "text=a&limit=0               | 400 | invalid-limit",
                "text=a&limit=-1              | 400 | invalid-limit",
                "text=a&limit=1000000         | 400 | invalid-limit",
                "text=a&limit=ten             | 400 | invalid-limit",
                "text=a&limit=                | 400 | invalid-limit",
                "text=a&threshold=high        | 400 | invalid-threshold",
                "text=a&threshold=Infinity    | 400 | invalid-threshold",
            })
    void wrongForms(String body, int status, String code) {
        Answer answer = running.send(
                "POST",
                "/v1/projects/first/suggest",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
        check(answer, status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,415",
        "application/xml,415",
        "multipart/form-data; boundary=x,415",
        "application/json; charset=utf-16,415",
        "application/json; charset=latin1,415",
        ";,415",
        "application/json; charset=UTF-8,200",
        "Application/JSON,200",
    })
    void kindsOfBodies(String type, int status) {
        byte[] body = "{\"text\":\"word1\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(running.send("POST", SUGGEST, body, "Content-Type", type).status())
                .isEqualTo(status);
    }

    @Test
    void aBodyWithoutAKindIsRefused() {
        check(running.send("POST", SUGGEST, "{}".getBytes(StandardCharsets.UTF_8)), 415, "unsupported-media-type");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"text\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        check(running.send("POST", SUGGEST, body, "Content-Type", "application/json"), 400, "invalid-utf8");
    }

    @Test
    void deepJsonIsRefused() {
        String deep = "{\"text\":" + "[".repeat(900) + "]".repeat(900) + "}";
        Answer answer = running.post(SUGGEST, deep);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isIn("invalid-json", "invalid-text");
    }

    @Test
    void tooLongTextsAndBodiesAreRefused() throws IOException {
        check(running.post(SUGGEST, "{\"text\":\"" + "a".repeat(101) + "\"}"), 413, "text-too-long");
        check(running.post(SUGGEST, "{\"text\":\"" + "a".repeat(5000) + "\"}"), 413, "body-too-large");
        String chunk = "7d0\r\n" + "a".repeat(2000) + "\r\n";
        Answer chunked = running.raw("POST " + SUGGEST + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n");
        check(chunked, 413, "body-too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/..%2Ffirst,400",
        "/v1/models/..%2F..%2Fetc%2Fpasswd,400",
        "/v1/models/%2e%2e/first,400",
        "/v1/models/..;/first,400",
        "/v1/models/first%00,400",
        "/v1/models/first%5c..%5cplain,400",
        "/v1/models/.,404",
        "/v1/models/%ff,400",
        "/v1//models,400",
        "/../../etc/passwd,400",
        "/v1/models/<script>,400",
        "/%,400",
        "/openapi.yaml/../openapi.yaml.bak,404",
        "/page/..%2Fopenapi.yaml,400",
        "/page/%2e%2e%2fapp.js,400",
        "/page/app.js%00.css,400",
        "/v1/models/first/report/..%2F..%2Fsecret,400",
        "/v1/models/first/report,404",
        "/v1/projects/first%23,404",
    })
    void tricksWithPaths(String path, int status) throws IOException {
        Answer answer = running.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.code()).isNotEmpty();
        assertThat(answer.headers()).containsKey("x-request-id");
        assertThat(answer.body()).doesNotContain("script", "passwd", "Exception", "etty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/9.9\\r\\nHost: x\\r\\n\\r\\n                                   | 505",
                "GET /health/live HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n               | 400",
                "nonsense\\r\\n\\r\\n                                                      | 400",
                "GET /health/live HTTP/1.1\\r\\nHost: x\\r\\nbad header\\r\\n\\r\\n          | 400",
                "POST /v1/models HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -5\\r\\n\\r\\n   | 400",
                "BREW /health/live HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n  | 405",
            })
    void whatIsNotHttp(String request, int status) throws IOException {
        Answer answer = running.raw(request.strip().replace("\\r", "\r").replace("\\n", "\n") + "\r\n");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("Exception", "etty");
    }

    @Test
    void longHeadersAreRefused() throws IOException {
        Answer answer =
                running.raw("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).doesNotContain("Exception", "etty");
    }

    @Test
    void anotherMethodIsToldWhichAreAllowed() {
        assertThat(running.send("DELETE", "/v1/models/first", new byte[0]).headers())
                .hasEntrySatisfying("allow", allowed -> assertThat(allowed).contains("GET"));
        check(running.send("PUT", SUGGEST, new byte[0]), 405, "method-not-allowed");
    }

    @Test
    void whatChangesSomethingNeedsTheToken() throws IOException {
        String reload = "/v1/models/first/reload";
        check(running.post(reload, ""), 401, "wrong-token");
        assertThat(running.post(reload, "").headers()).containsEntry("www-authenticate", "Bearer");
        check(running.post(reload, "", "Authorization", "Bearer "), 401, "wrong-token");
        check(running.post(reload, "", "Authorization", "Bearer wrong-wrong-wrong"), 401, "wrong-token");
        check(running.post(reload, "", "Authorization", "Basic " + RunningServer.TOKEN), 401, "wrong-token");
        check(running.post(reload, "", "Authorization", RunningServer.TOKEN), 401, "wrong-token");
        check(running.post(reload, "", "Authorization", "Bearer " + RunningServer.TOKEN + "0"), 401, "wrong-token");
        // unknown names are not told to those without the token
        check(running.post("/v1/models/none/reload", ""), 401, "wrong-token");
        String right = "Bearer " + RunningServer.TOKEN;
        check(running.post("/v1/models/none/reload", "", "Authorization", right), 404, "unknown-model");
        assertThat(running.post(reload, "", "Authorization", right).status()).isEqualTo(200);
        try (RunningServer without = new RunningServer(
                RunningServer.folders(TinyModels.FIRST, TinyModels.PLAIN), Optional.empty(), Map.of())) {
            check(without.post(reload, ""), 403, "no-token-configured");
            check(without.post(reload, "", "Authorization", right), 403, "no-token-configured");
        }
    }
}
