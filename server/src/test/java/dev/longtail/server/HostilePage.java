package dev.longtail.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/hostile-requests.md: requests as they are sent, and the answers that the page promises. */
final class HostilePage {

    private static final Path FILE = Path.of("../docs/hostile-requests.md");
    private static final Pattern SPAN = Pattern.compile("`([^`]*)`");
    private static final Pattern HEADER = Pattern.compile("[A-Z][A-Za-z-]+:.*");
    private static final Pattern REPEATED = Pattern.compile("«([^«»]+) × ([0-9]+)»");
    private static final Pattern BYTE = Pattern.compile("«([0-9a-f]{2})»");
    private static final String HEAD = "| what is wrong | request | status | code | message |";

    private HostilePage() {}

    static String text() throws IOException {
        return Files.readString(FILE, StandardCharsets.UTF_8);
    }

    /** Rows of all tables of requests. */
    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean table = false;
        boolean states = false;
        for (String line : text().lines().toList()) {
            boolean head = line.equals(HEAD);
            boolean headOfStates = line.equals(HEAD.replace("what is wrong", "state"));
            if (head || headOfStates) {
                table = true;
                states = headOfStates;
            } else if (!line.startsWith("|")) {
                table = false;
            } else if (table && !line.startsWith("|---")) {
                rows.add(row(line, states));
            }
        }
        return rows;
    }

    private static Row row(String line, boolean state) {
        String[] cells = line.substring(1).split("\\|", -1);
        List<String> spans = new ArrayList<>();
        Matcher span = SPAN.matcher(cells[1]);
        while (span.find()) {
            spans.add(span.group(1));
        }
        StringBuilder answer = new StringBuilder();
        for (int i = 2; i < cells.length - 1; i++) {
            answer.append(answer.length() == 0 ? "" : " | ").append(cells[i].strip());
        }
        return new Row(cells[0].strip(), state, spans, answer.toString());
    }

    /**
     * A row.
     *
     * @param what is wrong, or the state that the server is in
     * @param state whether it is that
     * @param spans of the request: method and path, headers, body
     * @param answer the cells of the answer: status, code, message
     */
    record Row(String what, boolean state, List<String> spans, String answer) {

        Row {
            spans = List.copyOf(spans);
        }

        String method() {
            return spans.get(0).split(" ")[0];
        }

        String path() {
            return spans.get(0).split(" ")[1];
        }

        /** Whether an ordinary client could send it. */
        boolean isOrdinary() {
            return spans.get(0).matches("(GET|POST) [A-Za-z0-9/?=&._-]+");
        }

        /** What is sent, a character a byte. */
        String bytes() {
            String first = spans.get(0);
            if (first.contains("\\r\\n")) {
                return expanded(first.replace("\\r\\n", "\r\n"));
            }
            StringBuilder head = new StringBuilder(expanded(first)).append(" HTTP/1.1\r\nHost: x\r\n");
            String type = "Content-Type: application/json";
            String body = "";
            for (String span : spans.subList(1, spans.size())) {
                if (span.startsWith("Content-Type:")) {
                    type = span;
                } else if (HEADER.matcher(span).matches()) {
                    head.append(span.replace("TOKEN", RunningServer.TOKEN)).append("\r\n");
                } else {
                    body = expanded(span);
                }
            }
            if (method().equals("POST") && !type.equals("Content-Type:")) {
                head.append(type).append("\r\n");
            }
            if (!method().equals("GET")) {
                head.append("Content-Length: ").append(body.length()).append("\r\n");
            }
            return head.append("Connection: close\r\n\r\n").append(body).toString();
        }
    }

    private static String expanded(String text) {
        String repeated = REPEATED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        return BYTE.matcher(repeated)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(found.group(1), 16))));
    }

    /** The cells of an answer as the page has them. */
    static String cells(Answer answer) {
        if (answer.status() < 400) {
            return answer.status() + " | – | –";
        }
        String message = answer.json().path("error").isObject()
                ? answer.json().at("/error/message").asString("")
                : answer.json().path("error").asString("");
        return answer.status() + " | `" + answer.code() + "` | " + message;
    }
}
