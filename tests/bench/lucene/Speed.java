import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.StringDocValuesReaderState;
import org.apache.lucene.facet.StringValueFacetCounts;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Lucene as it comes, with its Arabic analyzer: title and body, BM25, the title twice. Reads commands from
 * standard input, one a line, fields apart by tabs; answers each with one line.
 */
public final class Speed {
  private static final String[] FIELDS = {"title", "body"};
  private static final Map<String, Float> WEIGHTS = Map.of("title", 2f, "body", 1f);
  private static final String[] FACETS = {"source", "month"};
  private static final Set<String> NAMED = Set.of("id");
  private static final Set<String> TITLED = Set.of("id", "title");
  private static final int HITS = 10;
  private static final int VALUES = 100;

  private final Analyzer analyzer = new ArabicAnalyzer();
  private final ThreadMXBean clock = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FSDirectory directory;
  private final int threshold;
  private List<String> articles = List.of();
  private IndexWriter writer;
  private DirectoryReader reader;
  private IndexSearcher searcher;
  private StringDocValuesReaderState[] states;

  private Speed(Path folder, int threshold) throws IOException {
    this.directory = FSDirectory.open(folder);
    this.threshold = threshold;
  }

  public static void main(String[] arguments) throws Exception {
    Speed speed = new Speed(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(speed.answer(line.split("\t", -1)));
    }
  }

  private String answer(String[] command) throws IOException, ParseException {
    switch (command[0]) {
      case "load":
        articles = Files.readAllLines(Path.of(command[1]));
        System.gc();
        return "loaded " + articles.size();
      case "build":
        build();
        return "built";
      case "open":
        open();
        return "open " + reader.numDocs();
      case "forget":
        searcher.setQueryCache(new LRUQueryCache(1000, 32L << 20));
        return "forgotten";
      case "search":
        return search(command);
      case "add":
        add(command);
        return "added";
      case "refresh":
        see(DirectoryReader.openIfChanged(reader));
        return "refreshed";
      default:
        throw new IllegalArgumentException(command[0]);
    }
  }

  private void build() throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    try (IndexWriter fresh = new IndexWriter(directory, config)) {
      for (String article : articles) {
        fresh.addDocument(document(article.split("\t", -1), 0));
      }
    }
  }

  private static Document document(String[] article, int first) {
    Document document = new Document();
    document.add(new StringField("id", article[first], Field.Store.YES));
    document.add(new TextField("title", article[first + 1], Field.Store.YES));
    document.add(new TextField("body", article[first + 2], Field.Store.NO));
    String day = article[first + 4];
    if (!day.isEmpty()) {
      document.add(new LongPoint("day", Long.parseLong(day)));
      document.add(new SortedDocValuesField("month", new BytesRef(day.substring(0, 6))));
    }
    if (!article[first + 3].isEmpty()) {
      document.add(new StringField("source", article[first + 3], Field.Store.NO));
      document.add(new SortedDocValuesField("source", new BytesRef(article[first + 3])));
    }
    return document;
  }

  private void open() throws IOException {
    writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
    see(DirectoryReader.open(writer));
  }

  private void see(DirectoryReader newer) throws IOException {
    if (reader != null) {
      reader.close();
    }
    reader = newer;
    searcher = new IndexSearcher(reader);
    states = new StringDocValuesReaderState[FACETS.length];
    for (int i = 0; i < FACETS.length; i++) {
      states[i] = new StringDocValuesReaderState(reader, FACETS[i]);
    }
  }

  private void add(String[] command) throws IOException {
    writer.addDocument(document(command, 1));
    writer.commit();
  }

  /** search, AND or OR, quotes or not, first and last day or nothing, titles or not, text. */
  private String search(String[] command) throws IOException, ParseException {
    long wall = System.nanoTime();
    long processor = clock.getCurrentThreadCpuTime();
    Query query = parse(command[1], command[2].equals("quoted"), command[6]);
    TopDocs found = command[3].isEmpty() ? plain(query) : filtered(query, command[3], command[4]);
    boolean titled = command[5].equals("titles");
    List<String> ids = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    for (ScoreDoc hit : found.scoreDocs) {
      Document stored = searcher.storedFields().document(hit.doc, titled ? TITLED : NAMED);
      ids.add(stored.get("id"));
      if (titled) {
        titles.add(stored.get("title"));
      }
    }
    processor = clock.getCurrentThreadCpuTime() - processor;
    wall = System.nanoTime() - wall;
    // The number is a field in version 9 and a method in version 10; as a text it is the same: "12+ hits".
    String total = found.totalHits.toString().replaceAll("\\D", "");
    String answer =
        String.join("\t", Long.toString(wall), Long.toString(processor), total, String.join(" ", ids));
    return titles.isEmpty() ? answer : answer + "\t" + String.join("\t", titles);
  }

  private Query parse(String operator, boolean quoted, String text) throws ParseException {
    MultiFieldQueryParser parser = new MultiFieldQueryParser(FIELDS, analyzer, WEIGHTS);
    parser.setDefaultOperator(QueryParser.Operator.valueOf(operator));
    String escaped = QueryParser.escape(text);
    return parser.parse(quoted ? '"' + escaped + '"' : escaped);
  }

  private TopScoreDocCollectorManager top() {
    return new TopScoreDocCollectorManager(HITS, threshold);
  }

  private TopDocs plain(Query query) throws IOException {
    return searcher.search(query, top());
  }

  private TopDocs filtered(Query query, String first, String last) throws IOException {
    BooleanQuery narrowed =
        new BooleanQuery.Builder()
            .add(query, BooleanClause.Occur.MUST)
            .add(
                LongPoint.newRangeQuery("day", Long.parseLong(first), Long.parseLong(last)),
                BooleanClause.Occur.FILTER)
            .build();
    Object[] found =
        searcher.search(narrowed, new MultiCollectorManager(top(), new FacetsCollectorManager()));
    for (int i = 0; i < FACETS.length; i++) {
      new StringValueFacetCounts(states[i], (FacetsCollector) found[1]).getTopChildren(VALUES, FACETS[i]);
    }
    return (TopDocs) found[0];
  }
}
