package dev.longtail.text;

/**
 * Splits text into words. A word is a run of Unicode letters, numbers and combining marks that starts with a letter
 * or number. Ideographs and hiragana, which are written without spaces, are words of one character each, as in the
 * default rules of Unicode Standard Annex 29; with word n-grams they become the character n-grams those languages
 * are usually indexed by. Format characters (soft hyphen, joiners) inside a word neither end it nor belong to it.
 * Everything else separates words. A run longer than {@value #MAX_WORD} UTF-16 units is cut.
 *
 * <p>Folding maps each code point to the lower case of its upper case, without any language's special rules, so that
 * the three Greek sigmas agree; text is not normalised otherwise. Character properties are those of the running Java.
 */
public final class Tokenizer {

    /** Longest word in UTF-16 units. */
    public static final int MAX_WORD = 255;

    private static final int BREAK = 0;
    private static final int LETTER = 1;
    private static final int MARK = 2;
    private static final int FORMAT = 3;
    private static final int ALONE = 4;

    private static final byte[] ASCII_KIND = new byte[128];
    private static final char[] ASCII_FOLDED = new char[128];

    static {
        for (char c = 0; c < 128; c++) {
            ASCII_KIND[c] = (byte) kindOf(c);
            ASCII_FOLDED[c] = (char) foldOf(c);
        }
    }

    private final boolean lowerCase;

    public Tokenizer(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    /** Replaces the content of {@code into} with the words of {@code text}. */
    public void tokenize(CharSequence text, Words into) {
        into.clear();
        int state = BREAK; // kind of the first character of the word begun, BREAK outside a word
        int end = text.length();
        int at = 0;
        int wordEnd = 0; // behind the last character of the word begun
        while (at < end) {
            int from = at;
            int c = codePoint(text, at);
            at += Character.charCount(c);
            int kind = c < 128 ? ASCII_KIND[c] : kindOf(c);
            if (kind == FORMAT || (kind == MARK && state == BREAK)) {
                continue;
            }
            boolean joins = kind == MARK || (kind == LETTER && state == LETTER);
            if (state != BREAK && (!joins || full(into))) {
                into.endWord(wordEnd);
                state = BREAK;
            }
            if (kind != BREAK) {
                if (state == BREAK) {
                    into.startWord(from);
                    state = kind == ALONE ? ALONE : LETTER;
                }
                append(c, into);
                wordEnd = at;
            }
        }
        if (state != BREAK) {
            into.endWord(wordEnd);
        }
    }

    /** Behind the code point of a word at {@code at} and the format characters that follow it. */
    static int next(CharSequence text, int at, int end) {
        int next = at + Character.charCount(codePoint(text, at));
        while (next < end && kindOf(codePoint(text, next)) == FORMAT) {
            next += Character.charCount(codePoint(text, next));
        }
        return next;
    }

    private void append(int c, Words into) {
        int folded = lowerCase ? (c < 128 ? ASCII_FOLDED[c] : foldOf(c)) : c;
        if (Character.isBmpCodePoint(folded)) {
            into.append((char) folded);
        } else {
            into.append(Character.highSurrogate(folded));
            into.append(Character.lowSurrogate(folded));
        }
    }

    private static boolean full(Words words) {
        return words.length - words.starts[words.count] >= MAX_WORD - 1;
    }

    private static int codePoint(CharSequence text, int at) {
        char c = text.charAt(at);
        return Character.isSurrogate(c) ? Character.codePointAt(text, at) : c;
    }

    private static int foldOf(int c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int kindOf(int c) {
        switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER:
            case Character.LOWERCASE_LETTER:
            case Character.TITLECASE_LETTER:
            case Character.DECIMAL_DIGIT_NUMBER:
            case Character.OTHER_NUMBER:
                return LETTER;
            case Character.MODIFIER_LETTER:
            case Character.OTHER_LETTER:
            case Character.LETTER_NUMBER:
                return alone(c) ? ALONE : LETTER;
            case Character.NON_SPACING_MARK:
            case Character.ENCLOSING_MARK:
            case Character.COMBINING_SPACING_MARK:
                return MARK;
            case Character.FORMAT:
                return FORMAT;
            default:
                return BREAK;
        }
    }

    private static boolean alone(int c) {
        return Character.isIdeographic(c) || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA;
    }
}
