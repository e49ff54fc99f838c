# Couture on Debian: what it imports, what the press calls, and the tree itself. See docs/operations.md.
FROM python:3.11-slim-bookworm

RUN apt-get update && apt-get install -y --no-install-recommends \
      fontconfig gettext ghostscript libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 poppler-utils qpdf \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/couture
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir -r requirements.txt

COPY . .
RUN python manage.py compilemessages -v0 \
    && useradd --system --create-home --home-dir /var/lib/couture couture
ENV DATA_DIR=/var/lib/couture PYTHONUNBUFFERED=1
USER couture
EXPOSE 8000
CMD ["gunicorn", "website.wsgi:application", "--pythonpath", "site", "--bind", "0.0.0.0:8000", "--workers", "2"]
