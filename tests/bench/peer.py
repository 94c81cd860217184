"""Files through a larger program, in an interpreter that has it: `python peer.py NAME FILE …` prints processor seconds and characters of all."""

import json
import sys
import time


def markitdown(path):
    from markitdown import MarkItDown

    return MarkItDown().convert(path).text_content


def docling(path):
    from docling.document_converter import DocumentConverter

    return DocumentConverter().convert(path).document.export_to_markdown()


def unstructured(path):
    from unstructured.partition.pdf import partition_pdf

    return "\n".join(element.text for element in partition_pdf(path, strategy="fast"))  # text only; with tables it needs models


PEERS = {"markitdown": markitdown, "docling": docling, "unstructured": unstructured}

if __name__ == "__main__":
    work, files = PEERS[sys.argv[1]], sys.argv[2:]
    work(files[0])  # once to load models and caches
    start = time.process_time()
    characters = sum(len(work(file)) for file in files)
    json.dump({"seconds": time.process_time() - start, "characters": characters}, sys.stdout)
