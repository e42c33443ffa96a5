package dev.longtail.bench.peer;

import de.bwaldvogel.liblinear.SolverType;
import java.nio.file.Path;
import java.util.Locale;

/** The systems that Longtail is compared with. */
public enum Peer {
    LINEAR_TREE("tree of LIBLINEAR, as PECOS XR-Linear"),
    ONE_VERSUS_REST_SVM("LIBLINEAR one-versus-rest, L2R_L2LOSS_SVC_DUAL"),
    ONE_VERSUS_REST_LOGISTIC("LIBLINEAR one-versus-rest, L2R_LR_DUAL"),
    FASTTEXT_HS("fastText, hierarchical softmax"),
    FASTTEXT_OVA("fastText, one-versus-all"),
    TRIBUO("Tribuo LinearSGDTrainer");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** The peer of a name as in {@code linear-tree}. */
    public static Peer named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Name for people. */
    public String title() {
        return title;
    }

    Contender contender(int threads, Path folder) {
        return switch (this) {
            case LINEAR_TREE -> LinearContender.tree(threads);
            case ONE_VERSUS_REST_SVM -> LinearContender.flat(SolverType.L2R_L2LOSS_SVC_DUAL, threads);
            case ONE_VERSUS_REST_LOGISTIC -> LinearContender.flat(SolverType.L2R_LR_DUAL, threads);
            case FASTTEXT_HS -> new FastText("hs", threads, folder);
            case FASTTEXT_OVA -> new FastText("ova", threads, folder);
            case TRIBUO -> new TribuoSgd();
        };
    }
}
