"""One file through a larger program, in an interpreter that has it: `python peer.py NAME FILE` prints processor seconds."""

import sys
import time


def markitdown(path):
    from markitdown import MarkItDown

    MarkItDown().convert(path)


def docling(path):
    from docling.document_converter import DocumentConverter

    DocumentConverter().convert(path)


def unstructured(path):
    from unstructured.partition.pdf import partition_pdf

    partition_pdf(path, strategy="fast")


PEERS = {"markitdown": markitdown, "docling": docling, "unstructured": unstructured}

if __name__ == "__main__":
    work = PEERS[sys.argv[1]]
    work(sys.argv[2])  # once to load models and caches
    start = time.process_time()
    work(sys.argv[2])
    print(time.process_time() - start)
