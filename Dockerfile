# Kiosque in a container, its index in the volume /index:
#
#   docker build -t kiosque .
#   docker run --rm -v kiosque:/index -v /path/of/articles:/articles:ro kiosque reindex /articles
#   docker run -d --name kiosque -v kiosque:/index -p 127.0.0.1:8080:8080 kiosque

# The Python that constraints.txt was tested with; every package comes as a wheel, nothing is compiled.
FROM python:3.11-slim AS build
COPY . /source
RUN python -m venv /kiosque \
    && /kiosque/bin/pip install --no-cache-dir -c /source/constraints.txt \
        '/source[opensearch,warc,evaluate]'

FROM python:3.11-slim
COPY --from=build /kiosque /kiosque
# A new volume takes over the folder's owner.
RUN useradd --uid 1000 --create-home kiosque && install -d -o kiosque -g kiosque /index
ENV PATH=/kiosque/bin:$PATH KIOSQUE_INDEX=whoosh:///index
USER kiosque
VOLUME /index
EXPOSE 8080
ENTRYPOINT ["kiosque"]
CMD ["serve", "--host", "0.0.0.0"]
