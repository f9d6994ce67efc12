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
METRICS = {
    "retrieval_accuracy": N_("Nearest request has the intent"),
    "probe_accuracy": N_("Linear probe"),
    "oos_auc": N_("Out of scope, AUC"),
    "neighbour_auc": N_("Next passage nearer, AUC"),
}
