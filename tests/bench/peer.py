"""Files through a larger program, in an interpreter that has it: `python peer.py NAME FILE …` prints the processor seconds of all."""

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

    partition_pdf(path, strategy="fast")  # text only; with tables it needs models


PEERS = {"markitdown": markitdown, "docling": docling, "unstructured": unstructured}

if __name__ == "__main__":
    work, files = PEERS[sys.argv[1]], sys.argv[2:]
    work(files[0])  # once to load models and caches
    start = time.process_time()
    for file in files:
        work(file)
    print(time.process_time() - start)
