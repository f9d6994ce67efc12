"""What the methods, and what they are judged by, are called."""

from core.messages import N_

BM25 = N_("BM25 (shared words)")
METHODS = {
    "sif": N_("Weighted mean (SIF)"),
    "mean": N_("Mean of its words"),
    "svd": N_("tf-idf, SVD"),
    "tfidf": N_("tf-idf"),
    "paragraph": N_("Paragraph vector"),
    "recurrent": N_("Recurrent autoencoder"),
    "language_model": N_("The Voltaire generator"),
    "bm25": BM25,
    "shipped_sif": N_("SIF, the shipped vectors"),
    "untrained": N_("The same network, untrained"),
}
# What a method compares, and what its score is: beneath its name, in the width of half a figure.
COMPARED = {
    "sif": N_("vectors of words, rare ones weigh more · cosine"),
    "mean": N_("vectors of words, all weigh the same · cosine"),
    "svd": N_("counted words, in fewer numbers · cosine"),
    "tfidf": N_("counted words, rare ones weigh more · cosine"),
    "paragraph": N_("a vector learned for each text · cosine"),
    "recurrent": N_("last state of a network of words · cosine"),
    "language_model": N_("last state of a network of letters · cosine"),
    "bm25": N_("counts shared words, rare ones more · a sum"),
}
METRICS = {
    "retrieval_accuracy": N_("Nearest request has the intent"),
    "probe_accuracy": N_("Linear probe"),
    "oos_auc": N_("Out of scope, AUC"),
    "neighbour_auc": N_("Next passage nearer, AUC"),
}
