"""The words that head a column, in the languages that lists are written in, and what they mean."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain

from papertrack.folding import fold, fold_words
from papertrack.patterns import pattern


class Role(StrEnum):
    """What a column holds. Most are fields of a paper; the others say where their text goes."""

    TITLE = "title"
    NAME = "name"
    MODEL = "model"
    """A name where there is a title beside it; alone it heads tables of other things too."""
    AUTHORS = "authors"
    LAB = "lab"
    VENUE = "venue"
    SOURCE = "source"
    YEAR = "year"
    DATE = "date"
    """Gives the year; a cell that says more is kept as it is spelled."""
    DOI = "doi"
    ARXIV = "arxiv"
    LINKS = "links"
    """Gives links; a cell that says more is kept as it is spelled."""
    TAGS = "tags"
    STATUS = "status"
    PRIORITY = "priority"
    ADDED = "added"
    STARTED = "started"
    FINISHED = "finished"
    SUMMARY = "summary"
    NOTES = "notes"
    NUMBER = "number"
    SKIP = "skip"
    OTHER = "other"
    """Is kept as a column of the paper's own, under its header."""


_WORDS = {
    Role.TITLE: """titles, papers, paper title, paper titles, paper name, name of paper, name of the
        paper, title of paper, title of the paper, articles, article title, publication title,
        manuscript, literature, reference paper, work title, papers i read, papers read, paper read,
        题名, 论文全称, 论文原文, 原论文, 论文标题, 论文题目, 论文名字, 文章, 文章标题, 文章名,
        文献, 文献名, 篇名, paper名称, paper名, paper 名称, 論文タイトル, 文献タイトル, 논문 이름,
        논문 제목, 논문제목, 논문이름, 타이틀, 문헌, titres, titre de l article, titre du papier,
        papier, makaleler, makale adi, makale basligi, baslik, bildiri, yayin adi, articulo,
        文章名称, 文章名字, 文献名称, 论文题名, títulos, artigo, artigos, título do artigo,
        artículos, título del artículo, aufsatz, aufsätze, artikel, titel des artikels, beitrag,
        название статьи, статья, статьи, публикация, tên bài báo, tên paper, tên bài, bài báo, tiêu
        đề, nhan đề, tên công trình, titolo, titoli, articoli, articolo, titolo dell articolo""",
    Role.NAME: """name, names, 名称, 名字, 名前, 名, 论文简称, 이름, 명칭, nom, ad, adi, isim,
        nombre, nome, nombre corto, имя, bezeichnung, tên""",
    Role.MODEL: """model, models, model name, method, methods, method name, approach, approaches,
        algorithm, algorithms, framework, system, acronym, proposed model, abbreviation, abbr,
        abbrv, short name, nickname, alias, shorthand, codename, architecture, network, work, works,
        模型, 模型名称, 模型名, 方法, 方法名, 方法名称, 算法, 算法名称, 简称, 缩写, 略称, 代号,
        别名, 论文别名, 别称, 工作, 框架, 网络, モデル, モデル名, 提案モデル, 提案手法, 手法,
        手法名, アルゴリズム, 모델, 모델명, 제안 모델, 모델 이름, 방법, 방법론, 기법, 약어,
        알고리즘, modele, methode, sigle, yontem, kisaltma, kisa ad, modell, modelle, verfahren,
        ansatz, modelo, modelos, método, métodos, метод, методы, модель, модели, алгоритм,
        сокращение, abkürzung, sigla, kürzel, mô hình, phương pháp, thuật toán""",
    Role.AUTHORS: """author s, written by, writer, writers, by, 一作, 筆者, 執筆者, 著者名, 글쓴이,
        저자명, yazar lar, verfasser, первый автор, autorinnen und autoren, tác giả, nhóm tác giả,
        các tác giả, autore, autori, primo autore""",
    Role.LAB: """institute, institutes, institutions, affiliations, organization, organizations,
        organisation, organisations, org, orgs, company, companies, lab, labs, laboratory, research
        lab, research group, team, university, developer, from, school, 机构名, 机构名称, 组织,
        組織, 公司, 实验室, 团队, 学校, 研究团队, 作者团队, 开发团队, 发布方, 出品方, 厂商, 出品,
        企業, 開発元, 組織名, 大学, 회사, 기업, 단체, 연구실, 대학, laboratoire, organisme,
        entreprise, etablissement, kurum, kurulus, laboratuvar, sirket, universite, institucion,
        einrichtung, universität, hochschule, firma, unternehmen, labor, arbeitsgruppe, instituição,
        universidade, empresa, laboratório, grupo, universidad, организация, институт, университет,
        лаборатория, компания, группа, tổ chức, cơ quan, trường đại học, phòng thí nghiệm, công ty,
        istituzione, istituto, università, azienda, ente, affiliazione""",
    Role.VENUE: """venues, conferences, journals, conf, publication, published in, published at,
        publisher, published, pub, proceedings, accepted, accepted by, accepted at, appeared in,
        where, booktitle, venue identifier, venue source, source title, journal title, journal name,
        container title, publication name, 发布, 发布于, 会刊, 刊名, 期刊名, 会议名, 发表信息,
        发表会刊, 收录于, 发表, 发表于, 发表情况, 发表在, 刊会, 录用, 录用情况, 收录, 中稿,
        中稿情况, 会议中稿情况, 出版, 出版物, 出版社, 会议名称, 期刊名称, 学会名, 発表, 発表場所,
        発表媒体, 採択先, 掲載, 掲載誌, 掲載先, 発表先, ジャーナル, カンファレンス, 학술지,
        학술대회, 게재, 게재지, 학회명, 발표, 컨퍼런스, 출판, 출판사, 출판처, 발표처, 게재처,
        게재정보, conference revue, revue, publie dans, konferans, dergi, yayin, yayin yeri,
        yayinlandigi yer, yayinci, congreso, revista, zeitschrift, konferenz, tagung, erschienen in,
        veröffentlicht in, verlag, conferência, periódico, evento, publicado em, editora, publicado
        en, editorial, publicación, publicação, журнал, конференция, издание, издательство,
        опубликовано, опубликовано в, площадка, veículo, место публикации, hội nghị, tạp chí, nơi
        đăng, nơi công bố, nơi xuất bản, conferenza, rivista, convegno, editore, pubblicato su,
        pubblicato in""",
    Role.SOURCE: """source, sources, venue year, year venue, journal info, publication info, 来源,
        出处, 出處, 论文来源, 出典, 出所, 출처, ソース, origin, origine, kaynak, fuente, 会议年份,
        来源年份, quelle, quellen, fonte, fontes, fuentes, источник, источники, nguồn, fonti""",
    Role.YEAR: """years, yr, year published, year of publication, 年, 年度, 年代, 发表年, 出版年,
        発表年, 公開年, 刊行年, yil, erscheinungsjahr, 发表年度, 出版年度, 発行年, năm, năm xuất
        bản, năm công bố, anno, anno di pubblicazione""",
    Role.DATE: """dates, when, date published, released, published on, submitted, time, month,
        publish time, published time, publication time, 月份, 日時, 公開日, 発表日, 投稿日,
        公開日時, 発表時期, 時期, 発行日, 刊行日, 발표일, 게재일, 공개일, 출판일, 발행일, 시기,
        date de publication, date de parution, mois, tarih, datum, veröffentlicht am,
        erscheinungsdatum, data, data de publicação, mes, monat, месяц, ngày, tháng, thời gian,
        ngày xuất bản, ngày công bố, data di pubblicazione, mese""",
    Role.DOI: "doi, doi link",
    Role.ARXIV: "arxiv, arxiv id, arxiv no, arxiv number, arxiv编号",
    Role.LINKS: """urls, pdfs, code, codes, github, repo, repos, repository, project, project page,
        website, websites, web site, web, homepage, page, webpage, blog, blogs, blog post, resource,
        resources, material, materials, slides, slide, video, videos, demo, implementation,
        implementations, official code, source code, download, bibtex, bib, openreview, semantic
        scholar, hugging face, huggingface, checkpoint, checkpoints, weights, model weights, colab,
        连接, 連結, 项目, 项目主页, 主页, 网址, 原文, file, files, 源码, 开源, 下载, 视频, 资源,
        资料, 文件, 実装, 動画, スライド, 資料, 解説, 깃허브, 자료, 발표자료, 발표 자료, 영상, 발표
        영상, 슬라이드, 파일, 구현, code source, baglanti, baglantilar, kod, codigo, verweis,
        verweise, quellcode, webseite, ligação, ligações, códigos, página, sitio, код, страница,
        репозиторий, сайт, đường dẫn, mã nguồn, tài liệu, collegamento, collegamenti, codice,
        sito""",
    Role.TAGS: """tag, keyword, key words, topic, topics, categories, key word, task, tasks, area,
        areas, field, fields, domain, domains, subject, subjects, type, types, theme, themes, label,
        labels, subfield, research area, research topic, genre, group, direction, directions,
        research direction, 標籤, 关键字, 類別, 类型, 目录, 领域, 方向, 研究方向, 研究领域,
        应用领域, 细分领域, 细分方向, 子方向, 子领域, 所属领域, 所属方向, 论文类型, 任务类型, 归类,
        研究主题, 主题, 任务, 话题, 板块, タグ, カテゴリー, キーワード, 分野, ジャンル, トピック,
        テーマ, タスク, 種類, 카테고리, 주제, 분류, 유형, 도메인, 토픽, 종류, 태스크, mots cles, mot
        cle, categorie, domaine, sujet, sujets, thematique, etiquette, etiquettes, etiket,
        etiketler, anahtar kelime, anahtar kelimeler, anahtar sözcük, anahtar sözcükler, kategori,
        konu, konular, alan, tur, etiqueta, etiquetas, categoria, tema, schlagwort, schlagwörter,
        stichwort, stichwörter, thema, themen, kategorie, kategorien, bereich, gebiet, fachgebiet,
        aufgabe, palavras chave, palavra chave, tópico, tópicos, assunto, assuntos, categorias,
        tarefa, palabras clave, temas, tareas, тег, теги, метки, ключевые слова, тема, темы,
        категория, категории, область, раздел, задача, từ khóa, chủ đề, lĩnh vực, thể loại, phân
        loại, nhãn, bài toán, typ, tipo, tipos, argomento, argomenti, parole chiave, parola chiave,
        etichette, ambito, compito""",
    Role.STATUS: """state, read, have read, read it, read yet, have i read it, finished reading,
        done, finished, progress, reading state, checked, check, completed, 进度, 阅读进度,
        是否阅读, 已读, 是否已读, 完成, 完成情况, 阅读情况, 阅读, 已录制, 读完, 已完成, 是否完成,
        读, 看, 看过, 已看, 已阅, 读过, 读过吗, 是否读过, 读没读, 已读否, 读否, 是否完成阅读,
        阅读标记, 看没看, 状況, 読了, 既読, 読書状況, 進行状況, 진행, 진행상황, 진행 상황, 읽음,
        완료, 읽음 여부, 완료 여부, 진도, 진행도, statut, etat, lu, avancement, durum, okundu,
        okundu mu, estado, leido, stand, zustand, gelesen, fortschritt, lesestatus, lesestand,
        situação, lido, lida, leitura, progresso, lectura, progreso, статус, состояние, прочитано,
        прочитана, прогресс, статус чтения, trạng thái, tình trạng, tiến độ, đã đọc, stato, letto,
        letta, lettura, stato di lettura, status da leitura, estado de lectura""",
    Role.PRIORITY: """priority, prio, reading priority, 优先级, 阅读优先级, 优先程度, 優先度,
        우선순위, priorite, oncelik, priorität, prioridade, prioridad, приоритет, ưu tiên, độ ưu
        tiên, priorità""",
    Role.ADDED: """added, date added, added on, added date, date d ajout, ajoute le, eklenme tarihi,
        hinzugefügt, hinzugefügt am, adicionado, adicionado em, agregado, añadido, добавлено, дата
        добавления, ngày thêm, aggiunto, aggiunto il, data di aggiunta""",
    Role.STARTED: """started, start date, started on, date started, begonnen, begonnen am, beginn,
        iniciado em, data de início, início, empezado, fecha de inicio, début, date de début,
        начато, начало, дата начала, iniziato, inizio, data di inizio""",
    Role.FINISHED: """date read, read date, read on, finished on, date finished, completed on,
        reading date, finish date, date de lecture, lu le, okuma tarihi, okunma tarihi, bitis
        tarihi, gelesen am, lesedatum, lido em, data de leitura, leído el, fecha de lectura,
        прочитано дата, дата прочтения, дата чтения, ngày đọc, đọc ngày, letto il, data di
        lettura""",
    Role.SUMMARY: """tl dr, abstracts, descriptions, desc, digest, brief, overview, introduction,
        intro, gist, key idea, key ideas, main idea, main ideas, general idea, idea, ideas, core
        idea, contributions, key points, key point, highlight, highlights, takeaway, takeaways, key
        takeaways, content, contents, explanation, about, details, 说明, 核心, 核心思想, 描述, 介绍,
        一句话, 一句话介绍, 一句话描述, 一句话说明, 一句话作用, 一句话定位, 主要思想, 中心思想,
        主旨, 解决问题, 解决的问题, 要解决的问题, one liner, in short, in one sentence, 简述,
        简要说明, 解读, 説明, まとめ, 要旨, 一言, 概説, ひとこと, 一言まとめ, 설명, 개요, 내용,
        초록, 정리, 핵심, 핵심 내용, 핵심 아이디어, 간단 설명, sommaire, apercu, explication, idee,
        ozet, aciklama, tanim, icerik, descripcion, inhalt, beschreibung, kurzfassung,
        kurzbeschreibung, überblick, descrição, contenido, conteúdo, ideia, о чем, суть,
        kernaussage, kernidee, kernbefund, hauptbefund, beitrag, tóm tắt, mô tả, nội dung, ý tưởng,
        đóng góp, giới thiệu, riassunto, sommario, sintesi, contributo, contributi, descrizione,
        idea principale, idea chiave""",
    Role.NOTES: """note, remark, comment, memo, memos, misc, other, others, additional info,
        observation, observations, my note, thoughts, my thoughts, feedback, opinion, opinions,
        extra, 评论, 注释, 其他, 其它, 心得, 感想, 补充, 评价, 点评, 备注信息, 附注, 注解, 批注,
        备忘, 想法, 思考, 读后感, 个人评价, 个人看法, 个人理解, 个人思考, 我的想法, 我的评价,
        阅读感想, 阅读心得, 补充说明, 其他说明, 注, コメント, ノート, 所感, 注記, その他, 補足,
        노트, 코멘트, 의견, 참고, 기타, 감상, 느낀점, 리뷰, 비 고, 참고사항, remarque, remarques,
        commentaire, commentaires, not, notlar, yorum, yorumlar, aciklamalar, dusunceler, nota,
        notas, comentario, comentarios, observaciones, notiz, notizen, anmerkung, anmerkungen,
        bemerkung, bemerkungen, kommentar, kommentare, observação, observações, anotação, anotações,
        anotaciones, заметка, заметки, примечание, примечания, комментарий, замечания, ghi chú,
        nhận xét, bình luận, commento, commenti, appunti, osservazioni, note di lettura""",
    Role.NUMBER: """no, num, number, nr, id, idx, index, sn, s no, sr, sr no, 序号, 编号, 番号,
        번호, 순번, 순서, numero, n, sira, sira no, numara, 号, lfd nr, номер, stt, số thứ tự""",
}


def _among(words: str) -> Callable[[str], bool]:
    """Return what says whether a text is one of these words, without case, accents or signs."""
    return lambda text: len(text) < 60 and folded(text) in _split(words)


_PRESENTERS = """presenter, presenters, presented by, presentor, speaker, speakers, 报告人, 主讲人,
    分享人, 讲者, 汇报人, 主讲, 発表者, 担当, 担当者, 발표자, 담당자, présentateur, présentatrice,
    intervenant, intervenants, vortragende, vortragender, referent, referenten, apresentador,
    apresentadora, ponente, ponentes, presentador, докладчик, докладчики, sunan,
    업로드한 사람, 업로더, uploader, uploaded by, 上传者, 上传人"""
is_of_presenters = _among(_PRESENTERS)
"""Says whether a column holds who speaks of the paper in a meeting: `Presenter`."""
_SIMPLIFIED = str.maketrans(
    "論標題稱連結鏈碼態狀讀閱備註筆記時間會議發錄級類領關鍵詞機構單簡總貢獻點進優數據實驗開圖號編雜誌學報術來譯團隊國內說評價薦動紹義",
    "论标题称连结链码态状读阅备注笔记时间会议发录级类领关键词机构单简总贡献点进优数据实验开图号编杂志学报术来译团队国内说评价荐动绍义",
)
_NOT_WORD = pattern(r"(?:[^\w,]|_)+")
_OTHERS = f"""review author, reviewer, review by, {_PRESENTERS}"""
"""Words that end as a field's do, and head something else."""
_DAYS = """date, dates, when, time, day, 日期, 时间, 時間, 日付, 日時, 날짜, 일자, 일시, jour,
    fecha, datum, tag, data, дата, tarih, 分享日期, 分享时间, 汇报日期, 汇报时间, 报告日期,
    报告时间, 発表日, 발표 날짜, 발표일, 발표일자, 발표 일자,
    폴더날짜, 업로드 날짜, 업로드날짜, 업로드일"""
_DAYS_OF = {
    Role.ADDED: "添加 加入 收录 录入 入库 收藏 追加 登録 추가 등록",
    Role.STARTED: "开始 起始 開始 着手 시작",
    Role.FINISHED: """
        阅读 閱讀 读完 讀完 读过 精读 完成 看完 结束 学习 読了 読んだ 完読 완독 완료 읽은 독서""",
}
"""What happens to a paper on the day of which a header ends with the word: `加入日期`."""
_DAY_LAST = pattern(r"(?:日期|日付|时间|時間|日|날짜|일자?)$")
_BEGINNINGS = {
    Role.LINKS: "lien, liens, link, links, enlace, enlaces, ссылка, ссылки",
    Role.DATE: "fecha, дата",
    Role.YEAR: "année, año, ano, jahr, год",
    Role.TITLE: "titre, título, titel, название, заголовок",
    Role.AUTHORS: "auteur, auteurs, autor, autores, autoren, автор, авторы",
    Role.SUMMARY: """résumé, resumen, resumo, zusammenfassung, краткое, contribution, contribución,
        contribuição, hallazgo, aporte""",
}
"""Words with which headers begin in languages that put the chief word first: `Resumo curto`."""
_ENDINGS = {
    Role.LINKS: """link, links, url, pdf, 链接, 地址, 代码, リンク, コード, 링크, 코드, lien,
        ссылка""",
    Role.DATE: "date, 日期, 时间, 年月, 年月日, 날짜, 日付, 일자, 연월, 년월, tarihi",
    Role.YEAR: "year, 年份, 연도, 년도, yili",
    Role.TITLE: """title, paper, article, 标题, 题目, 论文, 论文名, 论文名称, タイトル, 論文, 논문,
        논문명, 제목, titre, makale, basligi""",
    Role.AUTHORS: "author, authors, 作者, 著者, 저자, auteur, auteurs, yazar, yazarlar",
    Role.NOTES: "notes, comments, remarks, 备注, 笔记, メモ, 備考, 비고, 메모",
    Role.STATUS: "status, 状态, 상태, 進捗, ステータス, durumu",
    Role.TAGS: "tags, keywords, category, 标签, 关键词, 类别, 分类, 키워드, 태그, 분야, カテゴリ",
    Role.SUMMARY: """summary, abstract, description, contribution, tldr, 摘要, 总结, 简介, 概述,
        概要, 概括, 概况, 贡献, 貢献, 要点, 观点, 论点, 发现, 结论, 创新, 创新点, 解析, 亮点, 특징,
        特徴, 特点, 知見, 内容, 요약, 要約, ozeti, описание, содержание,
        резюме, аннотация, выводы, идея, результат""",
    Role.VENUE: """venue, conference, journal, 会议, 期刊, 刊物, 出版信息, 학회, 저널, 출판정보,
        출판 정보, 学会""",
    Role.LAB: "institution, affiliation, 机构, 单位, 기관, 소속, 所属, 機関",
}
_FIRST = {"title": Role.TITLE, "titre": Role.TITLE, "paper": Role.TITLE, "authors": Role.AUTHORS}
_PARTS = pattern(
    r"\s*(?:[/|&+,、·，・()（）\[\]]|\b(?:and|or|et|ve|ou)\b|和|与|及)\s*", re.IGNORECASE
)
_SIGN = pattern(r"[\s*_]*(?:#|№|n[°º])[\s*_.]*", re.IGNORECASE)
_CHIEF = (Role.TITLE, Role.AUTHORS, Role.NAME, Role.MODEL)  # of several in one header
_TOGETHER = {
    frozenset({Role.VENUE, Role.YEAR}): Role.SOURCE,
    frozenset({Role.VENUE, Role.DATE}): Role.SOURCE,
    frozenset({Role.SOURCE, Role.YEAR}): Role.SOURCE,
    frozenset({Role.SOURCE, Role.VENUE}): Role.SOURCE,
    frozenset({Role.YEAR, Role.DATE}): Role.DATE,
}
_OTHER_THINGS = {
    "a calendar": """mon, tue, wed, thu, fri, sat, sun, monday, tuesday, wednesday, thursday,
        friday, saturday, sunday, 周一, 周二, 周三, 周四, 周五, 周六, 周日, 星期一, 月, 火, 水,
        木, 金, 土, 日, 월, 화, 수, 목, 금, 토, 일, lun, mar, mer, jeu, ven, sam, dim, lundi,
        mardi, mercredi, jeudi, vendredi, pzt, sal, car, per, cum, cmt, paz""",
    "people": """email, e mail, mail, position, job title, homepage, role, phone, office,
        birthday, member, members, github id, github username, 邮箱, 职位, 姓名, 角色, 电话,
        メール, 役職, 氏名, 이메일, 직책, 역할, 성명, courriel, poste, eposta, gorev""",
    "a schedule": """deadline, notification, location, room, week, homework, assignment, due,
        lecture, 截止日期, 地点, 周次, 教室, 作业, 締切, 場所, 마감, 장소, 주차""",
    "commands or settings": """command, commands, option, options, flag, flags, parameter,
        parameters, argument, arguments, default, route, endpoint, env, variable, package, config,
        key, value, 命令, 参数, 选项, 默认值, コマンド, 명령어""",
    "films, books or games": """director, isbn, réalisateur, réalisatrice, durée, durée min,
        yönetmen, 감독, 导演, 監督, platform, episode, episodes, pages lues""",
    "software or data": """license, licence, size, params, parameters, version, price, language,
        stars, downloads, 许可证, 参数量, 大小, 版本, ライセンス, 라이선스""",
}
is_of_address = _among(
    """link, links, url, pdf, doi, arxiv, paper link, paper url, link to paper, 链接, 连接,
    鏈接, 連結, 链接地址, 论文链接, 原文链接, 论文地址, 网址, 網址, 地址, リンク, 論文リンク, 링크,
    주소, lien, enlace, baglanti, ссылка, адрес, available at, retrieved from, disponível em,
    disponible en, disponible sur, verfügbar unter, liên kết, link to the paper"""
)
"""Says whether a label heads an address, and can be no word of a title: `链接：…`."""
_PRIORITIES = {
    1: """1, p0, p1, high, highest, top, urgent, hoch, haute, élevée, alta, alto, высокий, высокая,
        высокое, yüksek, 高, 最高, 높음, 상""",
    2: "2, p2",
    3: """3, p3, medium, mid, middle, normal, moderate, mittel, moyenne, moyen, media, medio, média,
        médio, средний, средняя, среднее, orta, 中, 普通, 보통, 중간, 중""",
    4: "4, p4",
    5: """5, p5, low, lowest, niedrig, gering, basse, faible, baja, bajo, baixa, baixo, bassa,
        basso, низкий, низкая, низкое, düşük, 低, 最低, 낮음, 하""",
}
"""What cells below `Priority` say, the most urgent first."""
_COUNTED = pattern(r"p([0-4])")
_STARS = pattern(r"([⭐★🌟]{1,5})\ufe0f?☆*")
is_abstract = _among(
    """abstract, 摘要, 초록, 要旨, 概要, zusammenfassung, résumé, resumen, resumo,
    аннотация, özet"""
)
"""Says whether a label is that of an abstract, which papers alone have."""
_HONOURS = frozenset(
    """oral, spotlight, poster, best paper, best paper award, highlight, award, outstanding paper,
    oral presentation, spotlight presentation, best student paper, survey, new""".split(", ")
)
_BEST = pattern(r"(?:best|outstanding) (?:\w+ )?paper(?: [\w-]+){0,3}|\w+ award")
_PAPERS = pattern(
    r"(?<!news)(?<!wall)(?<!white)papers?(?:list|notes?|read(?:ing|s)?)?(?![^\W\d_])|\bpublications?\b|\bpreprints?\b|\breading\b|\bread\b|\bliterature\b|\barticles?\b"
    r"|论文|論文|文献|논문|阅读|閱讀|读书|\bpapiers?\b|\bartigos?\b|\bart[ií]culos?\b|стать|\baufs[aä]tze",
    re.IGNORECASE,
)
_READ = pattern(
    r"\breading (?:log|diary|journal)s?\b|\bdaily reading\b|\bpapers?[ -]a[ -](?:day|week)\b"
    r"|\b(?:i|we|have|i've) read\b|\bpapers? read\b|\bread papers?\b"
    r"|(?:阅读|论文)\S{0,3}(?:记录|日志|日记|打卡)"
    r"|閱讀記錄|读过|已读|読んだ|読書記録|論文日記|읽은|독서 기록"
    r"|leseprotokoll|lesetagebuch|\bgelesene?|\bleídos?|\blidos?\b|diário de leitura"
    r"|diario de lectura|journal de lecture|прочитан|дневник чтения",
    re.IGNORECASE,
)
is_news = _among(
    """news, latest news, recent news, project news, what s new, announcement, announcements,
    changelog, change log, changes, update log, update, updates, recent updates, latest updates,
    update news, news and updates, events and news, main recent update, major updates,
    update history, update records, release notes, 更新, 更新日志, 更新记录, 更新紀錄, 新闻, 新聞,
    动态, 最新动态, 最新消息, 公告, お知らせ, ニュース, 更新履歴, 소식, 공지, 공지사항, 업데이트,
    업데이트 내역, neuigkeiten, aktuelles, änderungen, nouveautés, actualités,
    journal des modifications, noticias, novedades, cambios, notícias, novidades, atualizações,
    новости, изменения, обновления, haberler, duyurular, güncellemeler, yenilikler"""
)
"""Says whether what stands below a heading tells what is new in the list: `🔔 News`."""
tells_of_paper = _among(
    """动机, 论文动机, 方法, 论文方法, 思路, 论文思路, 实验, 实验结果, 结果, 结论, 论文结论,
    背景, 问题, 贡献, 论文贡献, 创新点, 不足, motivation, motivations, method, methods,
    approach, results, experiments, conclusion, conclusions, background, 方法论, 手法,
    背景知识, 결과, 방법, 동기, environment, environments, exp env, expenv"""
)
"""Says whether a label heads what a person writes of a paper, and no field: `论文方法：…`."""
is_praise = _among(
    """recommended, highly recommended, must read, important, classic, new, hot, survey, required,
    required reading, optional reading, further reading, mandatory, seminal, key paper, main paper,
    强烈推荐, 推荐, 必读, 重要, 经典, おすすめ, 重要論文, 추천, 필독, optional, essential,
    background, related, related paper, related work, see also, earlier, later, predecessor,
    successor, follow up, follow up work, follow up paper, followup, extension, reply,
    extended version, 相关, 相关论文, 相关工作, 后续, 后续工作, 后续论文, 関連論文, 관련 논문"""
)
"""Says whether words before a title say what a list's owner thinks of it, or why it stands there.

`RECOMMENDED`, and below another paper `Follow-up: …`.
"""


def is_of_days(header: str) -> bool:
    """Say whether a header is of days, and does not say of which: `Date`."""
    return folded(header.partition("(")[0]) in _split(_DAYS)


def priority_in(text: str, *, stars: int = 5) -> int | None:
    """Return the priority that a cell says, 1 being the first: `2`, `P2`, `high`, `🔴 高`.

    So many `stars` are the most that a cell of its column has: `⭐⭐⭐` of three is 1, `⭐` is 5.
    None at all are those of a column that counts from `P0`.
    """
    if count := stars_in(text):
        return 1 + max(0, stars - count) * 4 // max(1, stars - 1)
    words = folded(text)
    if not stars and (counted := _COUNTED.fullmatch(words)):
        return int(counted[1]) + 1
    return next((rank for rank, every in _PRIORITIES.items() if words in _split(every)), None)


def stars_in(text: str) -> int:
    """Return how many stars a text is, and nothing besides; those left blank count not: `★★☆`."""
    stars = _STARS.fullmatch(text.strip())
    return len(stars[1]) if stars else 0


def is_honour(text: str) -> bool:
    """Say whether words are of a paper's honours, no names of people: `Best Paper`."""
    words = " ".join(text.split()).casefold().strip("!. ")
    return words in _HONOURS or _BEST.fullmatch(words) is not None


def speaks_of_papers(heading: str) -> bool:
    """Say whether a heading speaks of papers, so that what is below it is some."""
    return _PAPERS.search(heading) is not None


def speaks_of_reading(heading: str) -> bool:
    """Say whether a heading says that what is below it was read: `Reading log`, `Papers I read`."""
    return _READ.search(heading) is not None


def folded(header: str) -> str:
    """Return header words for comparison: without case, accents, punctuation or emoji.

    Chinese is in its simplified signs, as far as headers need them.
    """
    words = fold_words(header)
    return words if words.isascii() else words.translate(_SIMPLIFIED)


@lru_cache(maxsize=4096)  # labels come again and again
def role_of(header: str) -> tuple[Role, bool] | None:
    """Return what a header's words mean, and whether they are these words exactly; else None.

    `Paper / Source` is a title, `Venue & Year` a source: the parts are looked up one by one.
    """
    if _SIGN.fullmatch(header):
        return Role.NUMBER, True
    words = folded(header)
    exact = _exact().get(words) or _day_of(words)
    if exact:
        return exact, True
    parts = [folded(part) for part in _PARTS.split(" ".join(header.split()))]
    roles = [role for part in parts if (role := _exact().get(part))]
    if len(roles) > 1:
        chief = (role for role in _CHIEF if role in roles)
        return _TOGETHER.get(frozenset(roles)) or next(chief, roles[0]), True
    ending = None if words in _split(_OTHERS) else _ending(words)
    if ending:
        return ending, False
    begins = (role for role, all_ in _BEGINNINGS.items() if words.split(" ")[0] in _split(all_))
    first = roles[0] if roles else _FIRST.get(parts[0]) or next(begins, None)
    return (first, False) if first else None


def is_about_authors(header: str) -> bool:
    """Say whether a title's header names the authors too: `Title & Authors`."""
    return any(
        _exact().get(folded(part)) is Role.AUTHORS
        for part in _PARTS.split(" ".join(header.split()))
    )


def other_thing(headers: list[str]) -> str | None:
    """Return what a table seems to be by its headers, when it is no list of papers."""
    words = {folded(header) for header in headers}
    counts = {thing: len(words & _split(text)) for thing, text in _OTHER_THINGS.items()}
    best = max(counts, key=lambda thing: counts[thing])
    if counts[best] >= (5 if best == "a calendar" else 1):
        return best
    return None


@cache
def _exact() -> dict[str, Role]:
    chief = chain(_BEGINNINGS.items(), _ENDINGS.items(), _WORDS.items())
    return {word: role for role, words in chief for word in _split(words)}


@cache
def _split(words: str) -> frozenset[str]:
    every = _NOT_WORD.sub(" ", fold(words)).translate(_SIMPLIFIED)
    return frozenset(word.strip() for word in every.split(","))


def _day_of(words: str) -> Role | None:
    """Return the role of a header that says what happened to a paper on its days."""
    what = _DAY_LAST.sub("", words)
    days = _DAYS_OF.items() if what != words else ()
    return next((role for role, every in days for verb in every.split() if verb in what), None)


def _ending(words: str) -> Role | None:
    last = words.rpartition(" ")[2]
    for role, every in _ENDINGS.items():
        glued = () if words.isascii() else filter(words.endswith, _split(every))  # 发表venue
        apart = (not it.isascii() or not words.removesuffix(it)[-1:].isascii() for it in glued)
        if last in _split(every) or any(apart):
            return role
    return None
