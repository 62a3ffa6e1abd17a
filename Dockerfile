# Built and started by compose.yaml. The first stage needs make and builds the frontend with the Node.js from PyPI;
# the second holds what runs, and no tool to change it with.

FROM python:3.11-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /portal
COPY Makefile pyproject.toml ./
COPY requirements requirements
COPY frontend frontend
COPY src src
RUN make setup-run

FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/portal/src MEDIATION_DATA=/var/lib/mediation
WORKDIR /portal
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt \
    && python -m compileall -q /usr/local/lib/python3.11/site-packages \
    && useradd --system --uid 10001 --no-create-home portal \
    && install -d -o portal -g portal -m 0700 /var/lib/mediation
COPY migrations migrations
COPY src src
COPY --from=build /portal/frontend/dist frontend/dist
USER portal
EXPOSE 8000
ENTRYPOINT ["python", "-m", "mediation"]
CMD ["serve"]
