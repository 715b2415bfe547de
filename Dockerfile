# The same steps as `make setup`, by the same scripts; a test holds the two together.
FROM python:3.11-slim-bookworm AS made
WORKDIR /app
COPY tools/packages.sh tools/system-packages.txt tools/
RUN tools/packages.sh run build
COPY . .
RUN tools/setup.sh production && rm -rf node_modules
RUN DEBUG=0 SECRET_KEY=only-for-this-step .venv/bin/python manage.py collectstatic --noinput --verbosity 0 && rm -rf var

FROM python:3.11-slim-bookworm
WORKDIR /app
COPY tools/packages.sh tools/system-packages.txt tools/
RUN tools/packages.sh run && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home isaf && install --directory --owner isaf var
COPY --from=made /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER isaf
VOLUME /app/var
EXPOSE 8000
CMD ["gunicorn", "isaf_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--access-logfile", "-"]
