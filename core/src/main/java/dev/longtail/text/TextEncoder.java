package dev.longtail.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns texts into features, one after the other: {@link TextFeatures} with the scratch of one thread. */
public final class TextEncoder {

    private final TextFeatures features;
    private final TextConfig config;
    private final Vocabulary vocabulary;
    private final Tokenizer tokenizer;
    private final Words words = new Words();
    private final FeatureBuffer buffer = new FeatureBuffer();
    /** Told where features stand, while somebody asks for it. */
    private @Nullable Places places;

    TextEncoder(TextFeatures features) {
        this.features = features;
        this.config = features.config();
        this.vocabulary = features.vocabulary();
        this.tokenizer = new Tokenizer(config.lowerCase());
    }

    /** The features of the text; the result is valid until the next call. Unknown terms are left out. */
    public FeatureBuffer encode(CharSequence text) {
        tokenizer.tokenize(text, words);
        buffer.count = 0;
        for (int word = 0; word < words.count; word++) {
            addTerms(word);
            if (config.characterNgrams()) {
                addCharacterNgrams(word);
            }
        }
        Arrays.sort(buffer.features, 0, buffer.count);
        buffer.fitWeights();
        weigh();
        return buffer;
    }

    /** Where the features of the text stand in it, as they are met; unknown terms are left out. */
    public List<TextPlace> places(CharSequence text) {
        Places asked = new Places(text);
        places = asked;
        encode(text);
        places = null;
        return asked.found;
    }

    /** From slices of the folded words back to the text. */
    private final class Places {

        private final CharSequence text;
        private final List<TextPlace> found = new ArrayList<>();

        Places(CharSequence text) {
            this.text = text;
        }

        /** Notes a feature between two positions in the characters of a first and a last word. */
        void add(int feature, int first, int from, int last, int to) {
            found.add(new TextPlace(feature, inText(first, from), inText(last, to)));
        }

        // folding gives each code point of the text one, and format characters none
        private int inText(int word, int position) {
            if (position >= words.ends[word]) {
                return words.to[word];
            }
            int at = words.from[word];
            for (int before = words.starts[word]; before < position; before = next(before, word)) {
                at = Tokenizer.next(text, at, words.to[word]);
            }
            return at;
        }
    }

    private void addTerms(int first) {
        int longest = Math.min(config.wordNgrams(), words.count - first);
        int start = words.starts[first];
        for (int n = 1; n <= longest; n++) {
            int id = vocabulary.indexOf(words.chars, start, words.ends[first + n - 1] - start);
            if (id >= 0) {
                buffer.append(id);
                if (places != null) {
                    places.add(id, first, start, first + n - 1, words.ends[first + n - 1]);
                }
            }
        }
    }

    // The n-grams of "<word>", where the brackets mark the ends of the word (Bojanowski et al. 2017, section 3.2); a
    // bracket alone says nothing.
    private void addCharacterNgrams(int word) {
        for (int start = words.starts[word] - 1; start < words.ends[word]; start = next(start, word)) {
            long hash = StableHash.OFFSET;
            int at = start;
            for (int n = 1; n <= config.characterNgramMax() && at <= words.ends[word]; n++) {
                hash = StableHash.codePoint(hash, at(at, word));
                at = next(at, word);
                if (n >= config.characterNgramMin() && (n > 1 || start >= words.starts[word])) {
                    int id = vocabulary.size() + StableHash.bucket(hash, config.characterBuckets());
                    buffer.append(id);
                    if (places != null) {
                        places.add(id, word, start, word, at);
                    }
                }
            }
        }
    }

    private int at(int position, int word) {
        if (position < words.starts[word]) {
            return '<';
        }
        return position == words.ends[word] ? '>' : Character.codePointAt(words.chars, position, words.ends[word]);
    }

    private int next(int position, int word) {
        return position + Character.charCount(at(position, word));
    }

    // Equal ids stand side by side after sorting; each run becomes one feature.
    private void weigh() {
        int[] ids = buffer.features;
        int distinct = 0;
        double squares = 0;
        for (int i = 0; i < buffer.count; ) {
            int id = ids[i];
            int run = i;
            while (i < buffer.count && ids[i] == id) {
                i++;
            }
            float weight = termFrequency(i - run) * features.inverseFrequency(id);
            ids[distinct] = id;
            buffer.weights[distinct++] = weight;
            squares += (double) weight * weight;
        }
        buffer.count = distinct;
        if (config.l2Normalise() && squares > 0) {
            double scale = 1 / Math.sqrt(squares);
            for (int i = 0; i < distinct; i++) {
                buffer.weights[i] = (float) (buffer.weights[i] * scale);
            }
        }
    }

    private float termFrequency(int count) {
        return config.logTermFrequency() ? (float) (1 + StrictMath.log(count)) : count;
    }
}
