"""``pretrained``: the shipped models, their hashes, and how to make them again."""

from pathlib import Path

import click

from core import experiments
from core import pretrained as shipped
from core.cli.runs.backend import choose_backend


@click.group()
def pretrained() -> None:
    """The shipped models: what they reach, verified, made again."""


@pretrained.command("list")
def list_() -> None:
    """The shipped models and what they reach."""
    for name in shipped.names():
        card = shipped.card(name)
        metrics = card["metrics"]
        cell = card.get("cell") or card.get("architecture", {}).get("cell")
        if "word_vectors" in card:
            kind = f"{len(card['word_vectors'].split()):,} words"
        elif "paragraph_words" in card:
            kind = f"{len(card['paragraph_words'].split()):,} words"
        elif "text_network" in card:
            kind = ", ".join(card["text_network"]["classes"])
        else:
            kind = cell.upper() if cell else f"k = {card['config']['latent_dim']}"
        click.echo(f"{name}: {kind}, {metrics['params']:,} weights. {card['about']}")
        if "accuracy" in metrics:
            click.echo(f"  {100 * metrics['accuracy']:.1f}% right on held-out texts")
        for text, bits in metrics.get("bits_per_char", {}).items():
            click.echo(f"  {bits:.3f} bits per character on {text}")
        for questions, share in metrics.get("exact_match", {}).items():
            click.echo(f"  {100 * share:.3f}% exact match on {questions}")
        if "analogy_accuracy" in metrics:
            click.echo(
                f"  odd one out {metrics['odd_one_out']:.3f}, neighbour of the same category "
                f"{metrics['neighbour_category_accuracy']:.3f}, analogies "
                f"{metrics['analogy_accuracy']:.3f}"
            )
        if "auc" in metrics:
            click.echo(f"  {metrics['auc']:.3f} area under the ROC of abnormal beats")
        if "mse_over_pca" in metrics:
            linear = "max_principal_angle_deg" in metrics
            on = "what it learned from" if linear else "held-out images"
            click.echo(f"  {metrics['mse_over_pca']:.6f} times PCA's error on {on}")


@pretrained.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Whether the weights are those that their cards describe; exit status 1 if not."""
    wrong = [name for name in shipped.names() if not shipped.verify(name)]
    for name in shipped.names():
        if name in wrong:
            sentence = "the weights are not those that the card describes (their SHA-256 differs)."
            click.echo(f"{name}: {sentence}", err=True)
        else:
            click.echo(f"{name}: intact")
    if not shipped.names():
        click.echo("There are no shipped models here.", err=True)
    if wrong or not shipped.names():
        context.exit(1)


@pretrained.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; assets/weights by default.",
)
def rebuild(name: str, out: Path | None) -> None:
    """Train the model NAME again from its data; this takes hours."""
    choose_backend()
    experiments.rebuild(name, out or shipped.WEIGHTS, click.echo)
