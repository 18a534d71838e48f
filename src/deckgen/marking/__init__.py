"""Mark scans of answer sheets: pages → marks → scores. Needs the extra `mark` (OpenCV, PDFium, NumPy)."""
