package dev.longtail.vocabulary;

/** The IRIs that this package reads and writes: SKOS Reference, W3C 2009, with OWL and DCMI terms beside it. */
final class Skos {

    static final String NAMESPACE = "http://www.w3.org/2004/02/skos/core#";
    static final String CONCEPT = NAMESPACE + "Concept";
    static final String PREFERRED = NAMESPACE + "prefLabel";
    static final String ALTERNATIVE = NAMESPACE + "altLabel";
    static final String HIDDEN = NAMESPACE + "hiddenLabel";
    static final String BROADER = NAMESPACE + "broader";
    static final String NARROWER = NAMESPACE + "narrower";
    static final String RELATED = NAMESPACE + "related";
    static final String NOTATION = NAMESPACE + "notation";
    static final String XL_PREFERRED = "http://www.w3.org/2008/05/skos-xl#prefLabel";
    static final String XL_ALTERNATIVE = "http://www.w3.org/2008/05/skos-xl#altLabel";
    static final String XL_HIDDEN = "http://www.w3.org/2008/05/skos-xl#hiddenLabel";
    static final String TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    static final String OWL = "http://www.w3.org/2002/07/owl#";
    static final String DEPRECATED = OWL + "deprecated";
    static final String TERMS = "http://purl.org/dc/terms/";
    static final String REPLACED_BY = TERMS + "isReplacedBy";

    private Skos() {}
}
