package dev.longtail.report;

import dev.longtail.config.Settings;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model card: Markdown behind a head of YAML, as model hubs show it, written from what the model's folder records.
 * The same folder and measures give the same text. Paths of data files are left out, only their names are told.
 */
public final class ModelCard {

    private static final List<String> TAG_MEASURES =
            List.of("P@1", "P@3", "P@5", "nDCG@5", "R@5", "PSP@1", "PSP@5", "macroF1@5", "coverage@5");
    private static final List<String> RATE_MEASURES = List.of("MSE", "RMSE", "MAE");
    private static final int FEW = 5;

    private final Heading heading;
    private final ObjectNode manifest;
    private final Record settings;
    private final List<Measured> measured = new ArrayList<>();
    private final boolean rate;

    private ModelCard(Heading heading, ObjectNode manifest, Record settings, Optional<Measured> test, boolean rate) {
        this.heading = heading;
        this.manifest = manifest;
        this.settings = settings;
        this.rate = rate;
        Map<String, Double> validation = new LinkedHashMap<>();
        manifest.path("provenance")
                .path("validation")
                .properties()
                .forEach(measure ->
                        validation.put(measure.getKey(), measure.getValue().asDouble(Double.NaN)));
        if (!validation.isEmpty()) {
            measured.add(new Measured("validation part", validation));
        }
        test.ifPresent(measured::add);
    }

    /**
     * What no folder records.
     *
     * @param name of the model
     * @param languages of its texts, as codes; may be empty
     * @param license of the model, as an identifier; empty where it is not told
     */
    public record Heading(String name, List<String> languages, Optional<String> license) {

        public Heading {
            languages = List.copyOf(languages);
        }
    }

    /**
     * Measures of the model.
     *
     * @param dataset what it was measured on
     * @param values by name as {@code evaluate --json} gives them, also {@code P@1.low} and {@code P@1.high} where
     *     there are intervals
     */
    public record Measured(String dataset, Map<String, Double> values) {}

    /**
     * The card of a model that tags.
     *
     * @param test measures beside those that the folder records
     */
    public static String of(Heading heading, LabelModelFolder.Stored stored, Optional<Measured> test) {
        ModelCard card = new ModelCard(heading, stored.manifest(), stored.config(), test, false);
        LabelModel model = stored.model();
        boolean texts = model.features() instanceof TextFeatureSpace;
        String what =
                "It suggests labels for " + (texts ? "a text" : "a row of numbered features") + ": the few that fit"
                        + " out of " + Numbers.count(model.labels().size()) + ", with scores"
                        + (model.calibration().isPresent() ? " and calibrated probabilities." : ".") + " It knows "
                        + Numbers.count(model.features().size()) + (texts ? " words and runs of words" : " features")
                        + " and was trained on " + Numbers.count(model.trainExamples()) + " examples.";
        return card.text(what, card.limits(model, texts));
    }

    /**
     * The card of a model that rates.
     *
     * @param test measures beside those that the folder records
     */
    public static String of(Heading heading, RatingModelFolder.Stored stored, Optional<Measured> test) {
        ModelCard card = new ModelCard(heading, stored.manifest(), stored.config(), test, true);
        RatingModel model = stored.model();
        String what = "It predicts how users rate items, from " + model.lowest() + " to " + model.highest()
                + ", and recommends items: " + Numbers.count(model.users().size()) + " users, "
                + Numbers.count(model.items().size()) + " items, trained on "
                + Numbers.count(RatingModelFolder.trainRatings(model.users())) + " ratings.";
        return card.text(what, card.limits(model));
    }

    private String text(String what, List<String> limits) {
        List<String> parts = new ArrayList<>();
        parts.add(header().toString());
        parts.add("# " + plain(heading.name()) + "\n");
        parts.add("A model of Longtail, which learns and serves models over huge sets of labels"
                + " on ordinary machines. " + what + "\n");
        parts.add(section("Intended use", intended()));
        parts.add(section("Limits", limits));
        parts.add("## Measures\n\n" + measures());
        parts.add("## Data\n\n" + data());
        parts.add("## Training\n\n" + training());
        parts.add("## Size\n\n" + size());
        parts.add("## How to use it\n\n" + use());
        return String.join("\n", parts);
    }

    private CardHeader header() {
        CardHeader header = new CardHeader().field(0, "library_name", "longtail");
        heading.license().ifPresent(license -> header.field(0, "license", license));
        header.list("language", heading.languages());
        header.list(
                "tags",
                rate
                        ? List.of("recommendation", "matrix-factorization", "safetensors")
                        : List.of("extreme-multi-label-classification", "safetensors"));
        Map<String, Map<String, Double>> results = new LinkedHashMap<>();
        for (Measured part : measured) {
            Map<String, Double> shown = new LinkedHashMap<>();
            names().filter(part.values()::containsKey)
                    .forEach(name -> shown.put(name, part.values().get(name)));
            results.put(part.dataset(), shown);
        }
        if (!results.isEmpty()) {
            header.index(
                    heading.name(),
                    rate
                            ? Map.entry("tabular-regression", "Prediction of ratings")
                            : Map.entry("text-classification", "Multi-label classification"),
                    results);
        }
        return header;
    }

    private Stream<String> names() {
        return (rate ? RATE_MEASURES : TAG_MEASURES).stream();
    }

    private List<String> intended() {
        return rate
                ? List.of(
                        "Recommending items and ordering them by what a user is likely to think of them.",
                        "Not for decisions about people, and not for users or items without any rating: for these it"
                                + " gives the mean.")
                : List.of(
                        "Suggesting labels to a person who decides, or tagging where single wrong labels do little"
                                + " harm. Use the probability, not the score, to decide what to leave out.",
                        "Not for decisions about people, and not for labels that are not in the list: it can suggest"
                                + " none of these.");
    }

    private List<String> limits(LabelModel model, boolean texts) {
        long unseen = Arrays.stream(model.labels().frequencies())
                .filter(frequency -> frequency == 0)
                .count();
        long few = Arrays.stream(model.labels().frequencies())
                .filter(frequency -> frequency > 0 && frequency < FEW)
                .count();
        List<String> limits = new ArrayList<>();
        limits.add(Numbers.count(few) + " of " + Numbers.count(model.labels().size()) + " labels had fewer than " + FEW
                + " training examples" + (unseen == 0 ? "" : ", and " + Numbers.count(unseen) + " had none")
                + ": expect little of them.");
        if (texts) {
            limits.add("Words that did not occur in the training texts are not seen, and so is every other language"
                    + " than theirs.");
        }
        limits.add("Labels that are missing in the training data, though right, are learned as wrong. What is"
                + " overrepresented there is suggested too often.");
        limits.add(
                model.calibration().isPresent()
                        ? "Probabilities were fitted on the validation part and hold for texts like it."
                        : "Probabilities are not calibrated.");
        return limits;
    }

    private List<String> limits(RatingModel model) {
        long few = Arrays.stream(model.items().ids().counts())
                .filter(count -> count < FEW)
                .count();
        return List.of(
                Numbers.count(few) + " of " + Numbers.count(model.items().size()) + " items had fewer than " + FEW
                        + " training ratings: expect little of them.",
                "Users rate what they chose to see, so predictions for other items lean on those. What many have rated"
                        + " is recommended more often.",
                model.seen().isPresent()
                        ? "The folder holds which items each user has rated, and identifiers of users: handle it as"
                                + " personal data where these are people."
                        : "The folder holds identifiers of users: handle it as personal data where these are people.");
    }

    private String measures() {
        if (measured.isEmpty()) {
            return "Not measured.\n";
        }
        StringBuilder text = new StringBuilder();
        for (Measured part : measured) {
            text.append("On the ")
                    .append(plain(part.dataset()))
                    .append(examples(part))
                    .append(":\n\n");
            text.append(rate ? "| measure | value |\n" : "| measure | % | 95 % interval |\n");
            text.append(rate ? "|---|---|\n" : "|---|---|---|\n");
            names().filter(part.values()::containsKey).forEach(name -> {
                double value = part.values().getOrDefault(name, Double.NaN);
                text.append("| ").append(name).append(" | ");
                text.append(rate ? Numbers.decimal(value, 4) : Numbers.percent(value) + " | " + interval(part, name));
                text.append(" |\n");
            });
            text.append('\n');
        }
        if (!rate) {
            text.append("P precision, R recall, PSP propensity-scored precision, each at k suggestions. Intervals are"
                    + " bootstrapped over examples.\n");
        }
        return text.toString();
    }

    private static String examples(Measured part) {
        Double examples = part.values().get("examples");
        return examples == null ? "" : ", " + Numbers.count(examples.longValue()) + " examples";
    }

    private static String interval(Measured part, String name) {
        Double low = part.values().get(name + ".low");
        Double high = part.values().get(name + ".high");
        return low == null || high == null ? "" : Numbers.percent(low) + " to " + Numbers.percent(high);
    }

    private String data() {
        StringBuilder text = new StringBuilder("Files that were read for training:\n\n| file | bytes | SHA-256 |\n");
        text.append("|---|---|---|\n");
        for (JsonNode file : manifest.path("provenance").path("files")) {
            String name = file.path("name").asString("").replace('\\', '/');
            text.append("| ").append(plain(name.substring(name.lastIndexOf('/') + 1)));
            text.append(" | ").append(Numbers.count(file.path("bytes").asLong(0)));
            text.append(" | `").append(file.path("sha256").asString("")).append("` |\n");
        }
        return text.toString();
    }

    private String training() {
        JsonNode origin = manifest.path("provenance");
        StringBuilder text = new StringBuilder();
        text.append("Trained ").append(manifest.path("created").asString("")).append(" by version ");
        text.append(origin.path("libraryVersion").asString("")).append(" with kernels ");
        text.append(origin.path("kernels").asString(""));
        int epochs = origin.path("epochs").asInt(0);
        text.append(epochs == 0 ? "" : ", epoch " + origin.path("bestEpoch").asInt(0) + " of " + epochs);
        text.append(". With the files above, `longtail verify` trains it again and compares every bit.\n");
        text.append("\n<details><summary>All settings</summary>\n\n```\n");
        for (Settings.Leaf leaf : Settings.leaves(settings)) {
            text.append(leaf.path()).append(" = ").append(leaf.defaultText()).append('\n');
        }
        return text.append("```\n\n</details>\n").toString();
    }

    private String size() {
        StringBuilder text = new StringBuilder("| file | bytes | SHA-256 |\n|---|---|---|\n");
        long sum = 0;
        for (JsonNode file : manifest.path("files")) {
            long bytes = file.path("bytes").asLong(0);
            sum += bytes;
            text.append("| ")
                    .append(file.path("name").asString(""))
                    .append(" | ")
                    .append(Numbers.count(bytes));
            text.append(" | `").append(file.path("sha256").asString("")).append("` |\n");
        }
        return text.append("| all | ")
                .append(Numbers.count(sum))
                .append(" | |\n")
                .toString();
    }

    private String use() {
        String command = rate ? "longtail recommend --model FOLDER --user ID" : "longtail predict --model FOLDER";
        return "The folder holds JSON, safetensors and tab-separated text, nothing that is executed; its sums are"
                + " checked when it is read.\n\n```sh\n" + command + "\nlongtail verify --checksums FOLDER\n"
                + "longtail serve --model FOLDER\n```\n\nFrom Java: `"
                + (rate ? "RatingModelFolder" : "LabelModelFolder")
                + ".read(folder)`. From Python: with NumPy, see docs/interchange.md of Longtail.\n";
    }

    private static String section(String title, List<String> points) {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        points.forEach(point -> text.append("- ").append(point).append('\n'));
        return text.toString();
    }

    /** Text that Markdown shows as it is: no line breaks, tables or markup. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1");
    }
}
