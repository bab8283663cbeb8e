### What stops somebody: what it is, and what to do next.

trouble-wait-label = Thử lại được sau

trouble-offline-text =
    Máy chưa kết nối được mạng. Hãy kiểm tra Wi-Fi hoặc dữ liệu di động rồi thử lại. Những gì bạn đã nhập vẫn còn.
trouble-slow-text = Hệ thống trả lời quá lâu. Hãy đợi một lát rồi thử lại. Những gì bạn đã nhập vẫn còn.
trouble-service-text = Hệ thống đang có lỗi, không phải do bạn. Hãy thử lại sau ít phút. Những gì bạn đã nhập vẫn còn.
trouble-genuine-text =
    Kết nối không đến đúng hệ thống thật, nên ứng dụng đã dừng lại để bảo vệ bạn. Hãy đổi sang mạng khác, ví dụ dữ liệu di
    động, rồi mở lại ứng dụng. Nếu vẫn vậy, hãy bấm Trợ giúp để gọi tổng đài.
trouble-clock-text =
    Ngày giờ của máy chưa đúng nên không thể kết nối an toàn. Hãy mở cài đặt máy, bật ngày giờ tự động rồi thử lại.
trouble-outdated-text =
    Phiên bản ứng dụng này đã cũ. Hãy cập nhật từ kho ứng dụng của máy rồi mở lại. Những gì bạn đã nhập vẫn còn.
trouble-storage-text = Máy chưa lưu được dữ liệu. Hãy khởi động lại máy rồi thử lại. Nếu vẫn vậy, hãy bấm Trợ giúp.
trouble-full-text = Bộ nhớ máy đã đầy. Hãy xóa bớt ảnh, video hoặc ứng dụng không dùng, rồi thử lại.
trouble-keystore-text =
    Máy chưa dùng được khóa bảo mật. Hãy mở khóa màn hình, khởi động lại máy nếu cần, rồi thử lại. Nếu vẫn vậy, hãy bấm
    Trợ giúp.
trouble-approved-text = Bạn chưa xác nhận nên chưa có gì được gửi đi. Khi sẵn sàng, hãy thử lại và xác nhận trên máy.
trouble-approval-key-text =
    Vân tay hoặc khuôn mặt trên máy đã thay đổi, nên khóa bảo mật cũ không dùng được nữa. Tài khoản vẫn an toàn. Hãy bấm
    Trợ giúp: tổng đài hoặc công an xã, phường sẽ giúp bạn.
trouble-phone-text =
    Hệ thống không còn nhận ra máy này. Hãy thử lại để đăng ký máy. Nếu vẫn vậy, hãy bấm Trợ giúp để gọi tổng đài.
trouble-signed-out-text = Phiên đăng nhập đã hết. Hãy về trang chính và đăng nhập lại, rồi làm tiếp.
trouble-devices-text =
    Danh sách máy của tài khoản đã thay đổi mà không phải từ máy này. Nếu bạn không đổi máy, hãy bấm Trợ giúp để gọi tổng đài
    và khóa tài khoản ngay.
trouble-busy-text = Có quá nhiều yêu cầu trong thời gian ngắn. Hãy đợi một lát rồi thử lại. Những gì bạn đã nhập vẫn còn.
trouble-locked-text =
    Tài khoản đang bị khóa. Tài khoản khóa ở đâu thì mở ở đó; bạn cần đến trực tiếp. Hãy bấm Trợ giúp để biết nơi đến hoặc gọi
    tổng đài.
trouble-refused-text =
    Hệ thống không nhận yêu cầu này, và chỉ cán bộ mới xem xét được. Hãy bấm Trợ giúp để gọi tổng đài, hoặc đến công an xã,
    phường.
trouble-unclear-text = Yêu cầu có thể đã được nhận. Hãy thử lại để xem kết quả; bạn sẽ không bị tính hai lần.
trouble-again-text =
    Một phần thông tin đã gửi không dùng được nữa. Hãy thử lại. Nếu vẫn vậy, hãy quay lại và làm lại bước này.
trouble-other-phone-text =
    Tài khoản này đang dùng trên máy khác. Mỗi lúc chỉ một máy dùng được. Hãy làm tiếp trên máy đó; nếu máy bị mất, hãy bấm
    Trợ giúp.
